#include "ui/browser/PageMore.h"

#include "core/http/HeaderList.h"
#include "core/scenario/ScenarioWords.h"
#include "core/url/Url.h"
#include "ui/browser/Choice.h"
#include "ui/browser/ChosenPage.h"
#include "ui/session/PageEdits.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"
#include "ui/widgets/Section.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace corscope {

namespace words = scenariowords;

static QString checkPath(const QString& text)
{
    return text.startsWith(u'/') ? QString() : PageMore::tr("A path begins with /.");
}

static QString checkOrigin(const QString& text)
{
    if (text.isEmpty())
        return {};
    const auto url = Url::parse(text.toUtf8());
    return url && url->hasHttpScheme() && url->origin().serialized() == text.toUtf8()
        ? QString()
        : PageMore::tr("An origin is written like https://app.example.com, without a path.");
}

PageMore::PageMore(ScenarioDocument& document, ChosenPage& page, QWidget* parent)
    : QWidget(parent), m_document(document), m_page(page),
      m_section(new Section(QStringLiteral("pageMore"), tr("More about the page")))
{
    m_section->setContent([this](QVBoxLayout& room) {
        auto* form = new FormGrid(tr("Credentials"));
        buildForm(*form);
        connectForm();
        room.addWidget(form);
        refresh();
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_section);
    connect(&page, &ChosenPage::changed, this, &PageMore::refresh);
    refresh();
}

void PageMore::buildForm(FormGrid& form)
{
    m_name = new Field([this](const QString& text) { return checkName(text); });
    m_path = new Field(checkPath);
    m_embeddedIn = new Field(checkOrigin);
    m_name->setName(QStringLiteral("pageName"), tr("Name of the page"));
    m_path->setName(QStringLiteral("pagePath"), tr("Path of the document"));
    m_embeddedIn->setName(QStringLiteral("pageEmbeddedIn"), tr("Origin of the page that this one is a frame of"));
    m_embeddedIn->line()->setPlaceholderText(tr("not in a frame"));
    m_context = wordChoice("pageContext", tr("What the script runs in"), words::contexts());
    m_policies = fewLines("pagePolicies", tr("Content-Security-Policy, one value a line"), tr("no Content-Security-Policy"));
    auto policies = words::referrerPolicies();
    policies[0] = tr("the browser's");
    m_referrerPolicy = wordChoice("pageReferrerPolicy", tr("Referrer-Policy of the page"), policies);
    m_embedderPolicy = wordChoice("pageEmbedderPolicy", tr("Cross-Origin-Embedder-Policy of the page"), words::embedderPolicies());
    m_addressSpace = wordChoice("pageAddressSpace", tr("Which network the page was loaded from"), words::addressSpaces());
    m_permission = wordChoice("pagePermission", tr("Whether the person lets it ask the local network"), words::permissions());
    form.addRow(tr("Name"), m_name);
    form.addRow(tr("Path"), m_path);
    form.addRow(tr("Runs in"), m_context);
    form.addRow(tr("Framed by"), m_embeddedIn);
    form.addRow(tr("CSP"), m_policies);
    form.addRow(tr("Referrer"), m_referrerPolicy);
    form.addRow(tr("COEP"), m_embedderPolicy);
    form.addRow(tr("Network"), m_addressSpace);
    form.addRow(tr("Permission"), m_permission);
}

void PageMore::connectForm()
{
    connect(m_name, &Field::edited, this, [this](const QString& text) {
        const int place = m_page.place();
        m_document.edit(tr("Rename the page"), "page" + QByteArray::number(place) + ".id",
                        [&](Scenario& scenario) { pageedits::renamePage(scenario, place, text.toUtf8()); });
    });
    connect(m_path, &Field::edited, this, [this](const QString& text) {
        m_page.edit(tr("Change the page's path"), "path", [&](PageConfig& page) { page.path = text.toUtf8(); });
    });
    connect(m_embeddedIn, &Field::edited, this, [this](const QString& text) {
        m_page.edit(tr("Change the page's frame"), "embeddedIn", [&](PageConfig& page) { page.embeddedIn = text.toUtf8(); });
    });
    connect(m_policies, &QPlainTextEdit::textChanged, this, [this] {
        QList<QByteArray> values;
        for (const auto& line : m_policies->toPlainText().split(u'\n'))
            if (const auto value = normalizedHeaderValue(line.toLatin1()); !value.isEmpty())
                values.append(value);
        m_page.edit(tr("Change the page's policy"), "csp", [&](PageConfig& page) { page.contentSecurityPolicy = values; });
    });
    connect(m_context, &QComboBox::activated, this, [this](int index) {
        m_page.edit(tr("Change what the script runs in"), {},
                    [&](PageConfig& page) { page.context = PageConfig::Context(index); });
    });
    const auto choose = [this](QComboBox* combo, const QString& name, QStringList values, QByteArray PageConfig::*member) {
        connect(combo, &QComboBox::activated, this, [this, name, values, member](int index) {
            m_page.edit(name, {}, [&](PageConfig& page) { page.*member = values[index].toLatin1(); });
        });
    };
    choose(m_referrerPolicy, tr("Change the page's referrer policy"), words::referrerPolicies(), &PageConfig::referrerPolicy);
    choose(m_embedderPolicy, tr("Change the page's embedder policy"), words::embedderPolicies(), &PageConfig::embedderPolicy);
    choose(m_addressSpace, tr("Change where the page comes from"), words::addressSpaces(), &PageConfig::addressSpace);
    choose(m_permission, tr("Change the page's permission"), words::permissions(), &PageConfig::localNetworkAccess);
}

void PageMore::rename()
{
    m_section->open();
    m_name->line()->setFocus();
    m_name->line()->selectAll();
}

QString PageMore::checkName(const QString& text) const
{
    static const QRegularExpression id(QStringLiteral("^[A-Za-z0-9._-]+$"));
    if (!id.match(text).hasMatch())
        return tr("A name is made of letters, digits, - _ and . only.");
    const auto* page = m_page.config();
    const auto name = text.toUtf8();
    return page && page->id != name && pageedits::isIdTaken(m_document.scenario(), name)
        ? tr("Another page has this name.") : QString();
}

void PageMore::refresh()
{
    const auto* page = m_page.config();
    setVisible(page);
    if (!page)
        return;
    if (m_name)
        showInForm(*page);

    const PageConfig usual;
    QStringList remarks;
    if (page->context != usual.context)
        remarks.append(words::contexts()[int(page->context)]);
    if (!page->embeddedIn.isEmpty())
        remarks.append(tr("framed"));
    if (!page->contentSecurityPolicy.isEmpty())
        remarks.append(tr("CSP"));
    if (!page->referrerPolicy.isEmpty())
        remarks.append(tr("referrer policy"));
    if (page->embedderPolicy != usual.embedderPolicy)
        remarks.append(tr("COEP"));
    if (page->addressSpace != usual.addressSpace)
        remarks.append(QString::fromUtf8(page->addressSpace));
    m_section->setRemark(remarks.join(QStringLiteral(", ")));
}

void PageMore::showInForm(const PageConfig& page)
{
    m_name->setText(QString::fromUtf8(page.id));
    m_path->setText(QString::fromUtf8(page.path));
    m_embeddedIn->setText(QString::fromUtf8(page.embeddedIn));
    m_context->setCurrentIndex(int(page.context));
    QStringList typed;
    for (const auto& line : m_policies->toPlainText().split(u'\n'))
        if (!line.trimmed().isEmpty())
            typed.append(line.trimmed());
    QStringList policies;
    for (const auto& policy : page.contentSecurityPolicy)
        policies.append(QString::fromLatin1(policy));
    if (typed != policies)
        setQuietly(*m_policies, policies.join(u'\n'));
    m_referrerPolicy->setCurrentIndex(int(words::referrerPolicies().indexOf(QString::fromUtf8(page.referrerPolicy))));
    m_embedderPolicy->setCurrentText(QString::fromUtf8(page.embedderPolicy));
    m_addressSpace->setCurrentText(QString::fromUtf8(page.addressSpace));
    m_permission->setCurrentText(QString::fromUtf8(page.localNetworkAccess));
}

} // namespace corscope
