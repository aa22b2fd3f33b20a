#include "ui/browser/MoreOptions.h"

#include "core/http/HeaderList.h"
#include "core/scenario/ScenarioWords.h"
#include "ui/browser/Choice.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"
#include "ui/widgets/Section.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace corscope {

namespace words = scenariowords;

namespace {

/// What script gives fetch() as a body, by the Content-Type that this brings along.
enum BodyKind { Text, Form, Bytes, Blob };

constexpr const char* formType = "application/x-www-form-urlencoded;charset=UTF-8";

BodyKind bodyKindOf(const FetchCall& call)
{
    return call.bodyType == FetchCall().bodyType ? Text : call.bodyType == formType ? Form : call.bodyType.isEmpty() ? Bytes : Blob;
}

enum ReferrerKind { Page, None, Address };

QString checkMilliseconds(const QString& text)
{
    bool ok = false;
    const auto number = text.toLongLong(&ok);
    return text.isEmpty() || (ok && number >= 0 && number <= 316224000000LL) ? QString()
                                                                            : MoreOptions::tr("This is a whole number of milliseconds.");
}

QString checkType(const QString& text)
{
    return !text.isEmpty() && isHeaderValue(text.toLatin1()) ? QString()
                                                             : MoreOptions::tr("This is a MIME type, such as application/json.");
}

std::optional<Milliseconds> milliseconds(const QString& text)
{
    return text.isEmpty() ? std::nullopt : std::optional(Milliseconds(text.toLongLong()));
}

QString text(const std::optional<Milliseconds>& time)
{
    return time ? QString::number(time->count()) : QString();
}

} // namespace

MoreOptions::MoreOptions(QWidget* parent)
    : QWidget(parent), m_section(new Section(QStringLiteral("moreOptions"), tr("More options")))
{
    m_section->setContent([this](QVBoxLayout& room) {
        auto* form = new FormGrid(tr("Credentials"));
        buildForm(*form);
        connectForm();
        room.addWidget(form);
        showInForm(m_call);
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_section);
}

void MoreOptions::buildForm(FormGrid& form)
{
    m_bodyType = new Field(checkType);
    m_referrerUrl = new Field;
    m_abortAfter = new Field(checkMilliseconds);
    m_timeout = new Field(checkMilliseconds);
    m_keepalive = new QCheckBox(tr("keepalive"));
    m_uploadListeners = new QCheckBox(tr("listens on its upload"));
    m_initiator = wordChoice("requestInitiator", tr("What the script uses"), words::initiators());
    m_bodyKind = wordChoice("requestBodyKind", tr("What the body is, which decides its Content-Type"),
                            {tr("text"), tr("form (URLSearchParams)"), tr("raw bytes"), tr("Blob of a type")});
    m_bodyType->setName(QStringLiteral("requestBodyType"), tr("Type of the Blob"));
    m_referrer = wordChoice("requestReferrer", tr("What the Referer header may name"), {tr("the page"), tr("nobody"), tr("address")});
    m_referrerUrl->setName(QStringLiteral("requestReferrerUrl"), tr("Address for the Referer header"));
    auto policies = words::referrerPolicies();
    policies[0] = tr("the page's");
    m_referrerPolicy = wordChoice("requestReferrerPolicy", tr("Referrer policy of the request"), policies);
    m_addressSpace = wordChoice("requestAddressSpace", tr("Target address space, for Local Network Access"),
                                QStringList{tr("not said")} + words::addressSpaces());
    m_abortAfter->setName(QStringLiteral("requestAbortAfter"), tr("Given up after so many milliseconds"));
    m_abortAfter->line()->setPlaceholderText(tr("never, or milliseconds"));
    m_timeout->setName(QStringLiteral("requestTimeout"), tr("Timeout of the XMLHttpRequest in milliseconds"));
    m_timeout->line()->setPlaceholderText(tr("none, or milliseconds"));
    m_keepalive->setObjectName(QStringLiteral("requestKeepalive"));
    m_keepalive->setToolTip(tr("The request goes on when the page is left."));
    m_uploadListeners->setObjectName(QStringLiteral("requestUploadListeners"));
    m_uploadListeners->setToolTip(tr("Such a request is never sent to another origin without asking first."));
    form.addRow(tr("Made with"), m_initiator);
    form.addRow(tr("Body is"), m_bodyKind);
    m_rows.insert(m_bodyType, form.addRow(tr("Type"), m_bodyType));
    form.addRow(tr("Referrer"), m_referrer);
    m_rows.insert(m_referrerUrl, form.addRow(tr("Address"), m_referrerUrl));
    form.addRow(tr("Policy"), m_referrerPolicy);
    form.addRow(tr("Target"), m_addressSpace);
    form.addRow(tr("Abort after"), m_abortAfter);
    m_rows.insert(m_timeout, form.addRow(tr("Timeout"), m_timeout));
    form.addWide(m_keepalive);
    form.addWide(m_uploadListeners);
}

void MoreOptions::connectForm()
{
    using Change = std::function<void(FetchCall&)>;
    connect(m_initiator, &QComboBox::activated, this, [this](int index) {
        Q_EMIT edited(tr("Change what the request is made with"), {},
                      Change([=](FetchCall& call) { call.initiator = FetchCall::Initiator(index); }));
    });
    connect(m_bodyKind, &QComboBox::activated, this, [this](int kind) {
        const QByteArray types[] = {FetchCall().bodyType, formType, {}, "application/json"};
        Q_EMIT edited(tr("Change what the body is"), {}, Change([type = types[kind]](FetchCall& call) { call.bodyType = type; }));
    });
    connect(m_bodyType, &Field::edited, this, [this](const QString& type) {
        Q_EMIT edited(tr("Change the body's type"), "bodyType", Change([=](FetchCall& call) { call.bodyType = type.toLatin1(); }));
    });
    connect(m_referrer, &QComboBox::activated, this, [this](int kind) {
        const auto given = m_call.referrer.value_or(QByteArray());
        const auto referrer = kind == Page ? std::nullopt
            : std::optional(kind == None ? QByteArray("") : given.isEmpty() ? QByteArray("/") : given);
        Q_EMIT edited(tr("Change the referrer"), {}, Change([=](FetchCall& call) { call.referrer = referrer; }));
    });
    connect(m_referrerUrl, &Field::edited, this, [this](const QString& address) {
        if (!address.isEmpty())
            Q_EMIT edited(tr("Change the referrer"), "referrer", Change([=](FetchCall& call) { call.referrer = address.toUtf8(); }));
    });
    connect(m_referrerPolicy, &QComboBox::activated, this, [this](int index) {
        Q_EMIT edited(tr("Change the referrer policy"), {},
                      Change([=](FetchCall& call) { call.referrerPolicy = words::referrerPolicies()[index].toLatin1(); }));
    });
    connect(m_addressSpace, &QComboBox::activated, this, [this](int index) {
        Q_EMIT edited(tr("Change the target address space"), {}, Change([=](FetchCall& call) {
            call.targetAddressSpace = index == 0 ? QByteArray() : words::addressSpaces()[index - 1].toLatin1();
        }));
    });
    connect(m_abortAfter, &Field::edited, this, [this](const QString& text) {
        Q_EMIT edited(tr("Change when it is given up"), "abortAfter",
                      Change([=](FetchCall& call) { call.abortAfter = milliseconds(text); }));
    });
    connect(m_timeout, &Field::edited, this, [this](const QString& text) {
        Q_EMIT edited(tr("Change the timeout"), "timeout", Change([=](FetchCall& call) {
            call.timeout = text.toLongLong() == 0 ? std::nullopt : milliseconds(text);
        }));
    });
    connect(m_keepalive, &QCheckBox::clicked, this, [this](bool on) {
        Q_EMIT edited(tr("Change keepalive"), {}, Change([=](FetchCall& call) { call.keepalive = on; }));
    });
    connect(m_uploadListeners, &QCheckBox::clicked, this, [this](bool on) {
        Q_EMIT edited(tr("Change the upload listeners"), {}, Change([=](FetchCall& call) { call.useCorsPreflight = on; }));
    });
}

/// With its label: what the call cannot have is not asked for.
void MoreOptions::showRow(Field* field, bool shown)
{
    field->setVisible(shown);
    m_rows.value(field)->setVisible(shown);
}

void MoreOptions::setCall(const FetchCall& call)
{
    m_call = call;
    if (m_initiator)
        showInForm(call);
    const auto bodyKind = bodyKindOf(call);
    QStringList remarks;
    if (call.initiator == FetchCall::Initiator::XmlHttpRequest)
        remarks.append(tr("XHR"));
    if (call.body && bodyKind != Text)
        remarks.append(bodyKind == Blob ? tr("Blob") : bodyKind == Form ? tr("form") : tr("bytes"));
    if (call.referrer || !call.referrerPolicy.isEmpty())
        remarks.append(tr("referrer"));
    if (!call.targetAddressSpace.isEmpty())
        remarks.append(tr("target %1").arg(QString::fromUtf8(call.targetAddressSpace)));
    if (call.abortAfter)
        remarks.append(tr("abort"));
    if (call.timeout)
        remarks.append(tr("timeout"));
    if (call.keepalive)
        remarks.append(tr("keepalive"));
    m_section->setRemark(remarks.join(QStringLiteral(", ")));
}

void MoreOptions::showInForm(const FetchCall& call)
{
    const bool isXhr = call.initiator == FetchCall::Initiator::XmlHttpRequest;
    const auto bodyKind = bodyKindOf(call);
    m_initiator->setCurrentIndex(isXhr ? 1 : 0);
    m_bodyKind->setCurrentIndex(bodyKind);
    m_bodyType->setText(QString::fromLatin1(call.bodyType));
    showRow(m_bodyType, bodyKind == Blob);
    const auto referrerKind = !call.referrer ? Page : call.referrer->isEmpty() ? None : Address;
    m_referrer->setCurrentIndex(referrerKind);
    m_referrerUrl->setText(QString::fromUtf8(call.referrer.value_or(QByteArray())));
    showRow(m_referrerUrl, referrerKind == Address);
    m_referrerPolicy->setCurrentIndex(int(words::referrerPolicies().indexOf(QString::fromUtf8(call.referrerPolicy))));
    m_addressSpace->setCurrentIndex(int(words::addressSpaces().indexOf(QString::fromUtf8(call.targetAddressSpace))) + 1);
    m_abortAfter->setText(text(call.abortAfter));
    m_timeout->setText(text(call.timeout));
    showRow(m_timeout, isXhr);
    m_keepalive->setChecked(call.keepalive);
    m_keepalive->setVisible(!isXhr);
    m_uploadListeners->setChecked(call.useCorsPreflight);
    m_uploadListeners->setVisible(isXhr);
}

} // namespace corscope
