#include "ui/browser/PageOriginForm.h"

#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/AddressRow.h"

#include <QVBoxLayout>

namespace corscope {

using Kind = PageConfig::OriginKind;

static constexpr Kind opaqueKinds[]{Kind::Sandboxed, Kind::Data, Kind::File};

PageOriginForm::PageOriginForm(ScenarioDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_address(new AddressRow(QStringLiteral("page"), tr("the page")))
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
        edit(tr("Change the kind of page"), {}, [&](PageConfig& page) { page.originKind = opaqueKinds[choice]; });
    });
    connect(m_address, &AddressRow::schemeEdited, this, [this](const QByteArray& scheme) {
        edit(tr("Change the page's scheme"), {}, [&](PageConfig& page) {
            page.originKind = Kind::Tuple;
            page.scheme = scheme;
        });
    });
    connect(m_address, &AddressRow::hostEdited, this, [this](const QByteArray& host) {
        edit(tr("Change the page's host"), "page.host", [&](PageConfig& page) { page.host = host; });
    });
    connect(m_address, &AddressRow::portEdited, this, [this](quint16 port) {
        edit(tr("Change the page's port"), "page.port", [&](PageConfig& page) { page.port = port; });
    });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &PageOriginForm::refresh);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &PageOriginForm::refresh);
    refresh();
}

void PageOriginForm::edit(const QString& name, const QByteArray& mergeKey, const std::function<void(PageConfig&)>& change)
{
    m_document.edit(name, mergeKey, [&](Scenario& scenario) {
        if (auto* page = scenarioaccess::pageOf(scenario, m_document.selectedSend()))
            change(*page);
    });
}

bool PageOriginForm::wantsWidth() const
{
    return m_address->wantsWidth();
}

void PageOriginForm::refresh()
{
    const auto* page = scenarioaccess::pageOf(m_document.scenario(), m_document.selectedSend());
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
