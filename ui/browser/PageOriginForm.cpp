#include "ui/browser/PageOriginForm.h"

#include "ui/browser/ChosenPage.h"
#include "ui/widgets/AddressRow.h"

#include <QVBoxLayout>

namespace corscope {

using Kind = PageConfig::OriginKind;

static constexpr Kind opaqueKinds[]{Kind::Sandboxed, Kind::Data, Kind::File};

PageOriginForm::PageOriginForm(ChosenPage& page, QWidget* parent)
    : QWidget(parent), m_page(page), m_address(new AddressRow(QStringLiteral("page"), tr("the page")))
{
    m_address->addOpaqueChoices({tr("sandboxed iframe"), tr("data: URL"), tr("file: URL")}, tr("sent as null"));
    setToolTip(tr("A page in a sandboxed iframe, from a data: URL or from a file has an opaque origin: it is sent as "
                  "null and equals nothing but itself."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_address);
    setFocusProxy(m_address);

    connect(m_address, &AddressRow::addressShown, this, &PageOriginForm::addressShown);
    connect(m_address, &AddressRow::opaqueChosen, this, [this](int choice) {
        m_page.edit(tr("Change the kind of page"), {}, [&](PageConfig& page) { page.originKind = opaqueKinds[choice]; });
    });
    connect(m_address, &AddressRow::schemeEdited, this, [this](const QByteArray& scheme) {
        m_page.edit(tr("Change the page's scheme"), {}, [&](PageConfig& page) {
            page.originKind = Kind::Tuple;
            page.scheme = scheme;
        });
    });
    connect(m_address, &AddressRow::hostEdited, this, [this](const QByteArray& host) {
        m_page.edit(tr("Change the page's host"), "host", [&](PageConfig& page) { page.host = host; });
    });
    connect(m_address, &AddressRow::portEdited, this, [this](quint16 port) {
        m_page.edit(tr("Change the page's port"), "port", [&](PageConfig& page) { page.port = port; });
    });
    connect(&page, &ChosenPage::changed, this, &PageOriginForm::refresh);
    refresh();
}

bool PageOriginForm::wantsWidth() const
{
    return m_address->wantsWidth();
}

void PageOriginForm::refresh()
{
    const auto* page = m_page.config();
    setEnabled(page);
    if (!page)
        return;
    if (page->originKind == Kind::Tuple)
        m_address->setAddress(page->scheme, page->host, page->port);
    for (int i = 0; i < int(std::size(opaqueKinds)); ++i)
        if (page->originKind == opaqueKinds[i])
            m_address->setOpaque(i);
}

} // namespace corscope
