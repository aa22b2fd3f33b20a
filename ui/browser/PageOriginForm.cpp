#include "ui/browser/PageOriginForm.h"

#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/AddressRow.h"
#include "ui/widgets/FormGrid.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace corscope {

PageOriginForm::PageOriginForm(ScenarioDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_kind(new QComboBox),
      m_address(new AddressRow(QStringLiteral("page"), tr("the page"))), m_origin(new QLabel)
{
    using Kind = PageConfig::OriginKind;
    m_kind->setObjectName(QStringLiteral("pageOriginKind"));
    m_kind->setAccessibleName(tr("Kind of the page's origin"));
    m_kind->addItem(tr("Address"), int(Kind::Tuple));
    m_kind->addItem(tr("Sandboxed iframe"), int(Kind::Sandboxed));
    m_kind->addItem(tr("data: URL"), int(Kind::Data));
    m_kind->addItem(tr("file: URL"), int(Kind::File));
    m_kind->setToolTip(tr("A page in a sandboxed iframe, from a data: URL or from a file has an opaque origin: it is sent "
                          "as \"null\" and equals nothing else."));
    m_origin->setFont(Theme::fixedLike(m_origin->font()));
    m_origin->setObjectName(QStringLiteral("pageOrigin"));
    m_origin->setTextFormat(Qt::PlainText);

    auto* form = new FormGrid;
    form->addRow(tr("Page"), m_kind);
    auto* place = new QWidget;
    auto* stack = new QVBoxLayout(place);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->addWidget(m_address);
    stack->addWidget(m_origin);
    form->addRow(tr("Origin"), place);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(form);

    const auto edit = [this](const QString& name, const char* key, std::function<void(PageConfig&)> change) {
        m_document.edit(name, key, [this, change](Scenario& scenario) {
            if (auto* page = scenarioaccess::pageOf(scenario, m_document.selectedSend()))
                change(*page);
        });
    };
    connect(m_kind, &QComboBox::activated, this, [this, edit] {
        const auto kind = Kind(m_kind->currentData().toInt());
        edit(tr("Change the kind of page"), "", [kind](PageConfig& page) { page.originKind = kind; });
    });
    connect(m_address, &AddressRow::schemeEdited, this, [edit](const QByteArray& scheme) {
        edit(tr("Change the page's scheme"), "", [&](PageConfig& page) { page.scheme = scheme; });
    });
    connect(m_address, &AddressRow::hostEdited, this, [edit](const QByteArray& host) {
        edit(tr("Change the page's host"), "page.host", [&](PageConfig& page) { page.host = host; });
    });
    connect(m_address, &AddressRow::portEdited, this, [edit](quint16 port) {
        edit(tr("Change the page's port"), "page.port", [&](PageConfig& page) { page.port = port; });
    });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &PageOriginForm::refresh);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &PageOriginForm::refresh);
    refresh();
}

void PageOriginForm::refresh()
{
    const auto* page = scenarioaccess::pageOf(m_document.scenario(), m_document.selectedSend());
    setEnabled(page);
    if (!page)
        return;
    const bool opaque = page->originKind != PageConfig::OriginKind::Tuple;
    m_kind->setCurrentIndex(m_kind->findData(int(page->originKind)));
    m_address->setVisible(!opaque);
    m_origin->setVisible(opaque);
    m_address->setAddress(page->scheme, page->host, page->port);
    m_origin->setText(tr("null (opaque)"));
}

} // namespace corscope
