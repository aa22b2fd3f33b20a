#include "ui/browser/RequestForm.h"

#include "core/http/Method.h"
#include "core/url/Url.h"
#include "ui/browser/Choice.h"
#include "ui/browser/HeaderTable.h"
#include "ui/browser/MoreOptions.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/Checks.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"
#include "ui/widgets/Segmented.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace corscope {

RequestForm::RequestForm(ScenarioDocument& document, QWidget* parent) : QWidget(parent), m_document(document)
{
    buildForm();
    connectForm();
    connect(&document, &ScenarioDocument::scenarioChanged, this, &RequestForm::refresh);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &RequestForm::refresh);
    refresh();
}

void RequestForm::buildForm()
{
    m_method = new Field({QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("POST"), QStringLiteral("PUT"),
                          QStringLiteral("PATCH"), QStringLiteral("DELETE"), QStringLiteral("OPTIONS")},
                         checks::methodName);
    m_method->setName(QStringLiteral("requestMethod"), tr("Method of the request"));
    m_method->setCharacters(7);
    m_url = new Field([this](const QString& text) { return checkUrl(text); });
    m_url->setName(QStringLiteral("requestUrl"), tr("URL of the request"));
    m_url->setCharacters(14);
    m_headers = new HeaderTable;
    m_body = fewLines("requestBody", tr("Body of the request"), tr("no body"));
    m_bodyNote = noteLabel();
    auto* bodyColumn = new QWidget;
    auto* bodyLayout = new QVBoxLayout(bodyColumn);
    bodyLayout->setContentsMargins(0, 0, 0, 0);
    bodyLayout->setSpacing(0);
    bodyLayout->addWidget(m_body);
    bodyLayout->addWidget(m_bodyNote);

    m_credentials = new Segmented({{"omit", tr("omit"), tr("Cookies are never sent.")},
                                   {"same-origin", tr("same-origin"), tr("Cookies go to the page's own origin only.")},
                                   {"include", tr("include"), tr("Cookies go to other origins too.")}});
    m_credentials->setObjectName(QStringLiteral("requestCredentials"));
    m_credentials->setAccessibleName(tr("Credentials mode"));
    m_mode = new Segmented({{"cors", tr("cors"), tr("Other origins may be asked, by the rules of CORS.")},
                            {"no-cors", tr("no-cors"), tr("The request is sent, but script never sees the answer.")},
                            {"same-origin", tr("same-origin"), tr("Requests to other origins fail.")}});
    m_mode->setObjectName(QStringLiteral("requestMode"));
    m_mode->setAccessibleName(tr("Request mode"));
    m_redirect = wordChoice("requestRedirect", tr("What happens on a redirect"),
                        {QStringLiteral("follow"), QStringLiteral("error"), QStringLiteral("manual")});
    m_cache = wordChoice("requestCache", tr("How the HTTP cache is used"),
                     {QStringLiteral("default"), QStringLiteral("no-store"), QStringLiteral("reload"),
                      QStringLiteral("no-cache"), QStringLiteral("force-cache"), QStringLiteral("only-if-cached")});

    auto* modes = new QWidget;
    auto* modesRow = new QHBoxLayout(modes);
    modesRow->setContentsMargins(0, 0, 0, 0);
    modesRow->addWidget(m_redirect, 1);
    auto* cacheLabel = new QLabel(tr("Cache"));
    cacheLabel->setProperty("role", QStringLiteral("muted"));
    cacheLabel->setBuddy(m_cache);
    modesRow->addWidget(cacheLabel);
    modesRow->addWidget(m_cache, 1);

    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Method"), m_method);
    form->addRow(tr("URL"), m_url);
    form->addRow(tr("Headers"), m_headers->addButton(), Qt::AlignLeft);
    form->addWide(m_headers);
    m_headers->hide();
    form->addRow(tr("Body"), bodyColumn);
    form->addRow(tr("Credentials"), m_credentials);
    form->addRow(tr("Mode"), m_mode);
    form->addRow(tr("Redirect"), modes);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    column->addWidget(form);
    m_more = new MoreOptions;
    column->addWidget(m_more);
}

void RequestForm::connectForm()
{
    connect(m_method, &Field::edited, this, [this](const QString& text) {
        edit(tr("Change the method"), "method", [&](FetchCall& call) { call.method = text.toUtf8(); });
    });
    connect(m_url, &Field::edited, this, [this](const QString& text) {
        edit(tr("Change the URL"), "url", [&](FetchCall& call) { call.url = text.toUtf8(); });
    });
    connect(m_headers, &HeaderTable::edited, this, [this](const HeaderList& headers, int row) {
        edit(tr("Change the request headers"), row < 0 ? QByteArray() : "header" + QByteArray::number(row),
             [&](FetchCall& call) { call.headers = headers; });
    });
    connect(m_body, &QPlainTextEdit::textChanged, this, [this] {
        const auto text = m_body->toPlainText().toUtf8();
        edit(tr("Change the body"), "body", [&](FetchCall& call) {
            call.body = text.isEmpty() ? std::nullopt : std::optional(text);
        });
    });
    connect(m_credentials, &Segmented::chosen, this, [this](const QByteArray& value) {
        edit(tr("Change the credentials mode"), {}, [&](FetchCall& call) { call.credentials = value; });
    });
    connect(m_mode, &Segmented::chosen, this, [this](const QByteArray& value) {
        edit(tr("Change the request mode"), {}, [&](FetchCall& call) { call.mode = value; });
    });
    connect(m_redirect, &QComboBox::textActivated, this, [this](const QString& value) {
        edit(tr("Change the redirect mode"), {}, [&](FetchCall& call) { call.redirect = value.toLatin1(); });
    });
    connect(m_cache, &QComboBox::textActivated, this, [this](const QString& value) {
        edit(tr("Change the cache mode"), {}, [&](FetchCall& call) { call.cache = value.toLatin1(); });
    });
    connect(m_more, &MoreOptions::edited, this, &RequestForm::edit);
}

void RequestForm::edit(const QString& name, const QByteArray& field, const std::function<void(FetchCall&)>& change)
{
    const int action = m_document.selectedSend();
    const auto key = field.isEmpty() ? QByteArray() : "request" + QByteArray::number(action) + '.' + field;
    m_document.edit(name, key, [&](Scenario& scenario) {
        if (auto* send = scenarioaccess::send(scenario, action))
            change(send->call);
    });
}

QString RequestForm::checkUrl(const QString& text) const
{
    const auto* page = scenarioaccess::pageOf(m_document.scenario(), m_document.selectedSend());
    std::optional<Url> base;
    if (page && page->originKind == PageConfig::OriginKind::Tuple) {
        const QByteArray address = page->origin() + page->path;
        const auto parsed = Url::parse(address);
        if (parsed)
            base = *parsed;
    }
    const auto url = Url::parse(text.toUtf8(), base ? &*base : nullptr);
    if (url)
        return {};
    auto sentence = url.error().sentence();
    if (!sentence.isEmpty())
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

void RequestForm::refresh()
{
    const auto* send = scenarioaccess::send(m_document.scenario(), m_document.selectedSend());
    setEnabled(send);
    if (!send)
        return;
    const auto& call = send->call;
    m_method->setText(QString::fromUtf8(call.method));
    m_method->setNote(isForbiddenMethod(call.method) ? tr("fetch() refuses this method.")
                      : normalizedMethod(call.method) != call.method
                          ? tr("The browser sends %1.").arg(QString::fromUtf8(normalizedMethod(call.method)))
                          : QString());
    m_url->setText(QString::fromUtf8(call.url));
    m_headers->setHeaders(call.headers);
    const auto body = QString::fromUtf8(call.body.value_or(QByteArray()));
    const bool isText = body.toUtf8() == call.body.value_or(QByteArray());
    m_body->setEnabled(isText); // bytes that are no text are written in the code
    setQuietly(*m_body, isText ? body : tr("%n byte(s), see the code", nullptr, int(call.body->size())));
    const auto method = normalizedMethod(call.method);
    const bool bodyRefused = call.body && (method == "GET" || method == "HEAD");
    m_bodyNote->setText(bodyRefused ? tr("fetch() refuses a body with %1.").arg(QString::fromUtf8(method)) : QString());
    m_bodyNote->setVisible(bodyRefused);
    m_credentials->setValue(call.credentials);
    m_mode->setValue(call.mode);
    m_redirect->setCurrentText(QString::fromUtf8(call.redirect));
    m_cache->setCurrentText(QString::fromUtf8(call.cache));
    const bool isXhr = call.initiator == FetchCall::Initiator::XmlHttpRequest; // which has no such options
    m_mode->setEnabled(!isXhr);
    m_redirect->setEnabled(!isXhr);
    m_cache->setEnabled(!isXhr);
    m_more->setCall(call);
}

} // namespace corscope
