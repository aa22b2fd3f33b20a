#include "ui/browser/CookieForm.h"

#include "core/base/Ascii.h"
#include "ui/browser/Choice.h"
#include "ui/widgets/Checks.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

#include <algorithm>

namespace corscope {

namespace {

bool hasNone(const QByteArray& text, const char* characters)
{
    return std::none_of(text.begin(), text.end(), [&](char c) {
        return (c >= 0 && c < 0x20) || c == 0x7f || QByteArrayView(characters).contains(c);
    });
}
bool isName(const QByteArray& text) { return hasNone(text, ";=") && text.trimmed() == text; }
bool isValue(const QByteArray& text) { return hasNone(text, ";") && text.trimmed() == text; }
bool isHost(const QByteArray& text) { return checks::host(QString::fromUtf8(text)).isEmpty(); }
bool isPath(const QByteArray& text) { return text.startsWith('/') && hasNone(text, ";"); }

QString checkSeconds(const QString& text)
{
    bool ok = false;
    const auto seconds = text.toLongLong(&ok);
    return text.isEmpty() || (ok && seconds > 0 && seconds <= 400LL * 24 * 3600)
        ? QString() : CookieForm::tr("This is a number of seconds, at most 400 days; empty: until the browser closes.");
}

} // namespace

CookieForm::CookieForm(QWidget* parent) : QWidget(parent)
{
    m_name = field("cookieName", tr("Name of the cookie"), &Cookie::name, isName, tr("A name has no ; and no = in it."));
    m_value = field("cookieValue", tr("Value of the cookie"), &Cookie::value, isValue, tr("A value has no ; in it."));
    m_domain = field("cookieDomain", tr("Host that the cookie goes to"), &Cookie::domain, isHost, tr("This is a host, such as api.example.com."));
    m_path = field("cookiePath", tr("Path that the cookie goes to"), &Cookie::path, isPath, tr("A path begins with / and has no ; in it."));
    m_sameSite = wordChoice("cookieSameSite", tr("SameSite of the cookie"),
                            {tr("not said: Lax"), QStringLiteral("None"), QStringLiteral("Lax"), QStringLiteral("Strict")});
    m_seconds = new Field(checkSeconds);
    m_seconds->setName(QStringLiteral("cookieSeconds"), tr("Seconds until the cookie expires"));
    m_seconds->line()->setPlaceholderText(tr("seconds, or with the browser"));
    m_hostOnly = box("cookieHostOnly", tr("this host only"), &Cookie::hostOnly);
    m_secure = box("cookieSecure", QStringLiteral("Secure"), &Cookie::secure);
    m_httpOnly = box("cookieHttpOnly", QStringLiteral("HttpOnly"), &Cookie::httpOnly);
    auto* flags = new QWidget;
    auto* row = new QHBoxLayout(flags);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_secure);
    row->addWidget(m_httpOnly);
    row->addStretch(1);
    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Value"), m_value);
    form->addRow(tr("Domain"), m_domain);
    form->addRow(QString(), m_hostOnly);
    form->addRow(tr("Path"), m_path);
    form->addRow(tr("SameSite"), m_sameSite);
    form->addRow(tr("Flags"), flags);
    form->addRow(tr("Expires in"), m_seconds);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(form);
    setFocusProxy(m_name);
    connect(m_sameSite, &QComboBox::activated, this, [this](int index) {
        auto cookie = m_cookie;
        cookie.sameSite = SameSite(index);
        Q_EMIT edited(cookie);
    });
    connect(m_seconds, &Field::edited, this, [this](const QString& text) {
        auto cookie = m_cookie;
        cookie.expires = text.isEmpty() ? std::nullopt : std::optional(m_now + std::chrono::seconds(text.toLongLong()));
        Q_EMIT edited(cookie);
    });
}

Field* CookieForm::field(const char* name, const QString& accessibleName, QByteArray Cookie::*member,
                         bool (*isGood)(const QByteArray&), const QString& otherwise)
{
    auto* field = new Field([isGood, otherwise](const QString& text) { return isGood(text.toUtf8()) ? QString() : otherwise; });
    field->setName(QLatin1String(name), accessibleName);
    connect(field, &Field::edited, this, [this, member](const QString& text) {
        auto cookie = m_cookie;
        cookie.*member = member == &Cookie::domain ? ascii::lowered(text.toUtf8()) : text.toUtf8();
        Q_EMIT edited(cookie);
    });
    return field;
}

QCheckBox* CookieForm::box(const char* name, const QString& text, bool Cookie::*member)
{
    auto* box = new QCheckBox(text);
    box->setObjectName(QLatin1String(name));
    connect(box, &QCheckBox::clicked, this, [this, member](bool on) {
        auto cookie = m_cookie;
        cookie.*member = on;
        Q_EMIT edited(cookie);
    });
    return box;
}

void CookieForm::setCookie(const Cookie& cookie, Instant now)
{
    m_cookie = cookie;
    m_now = now;
    m_name->setText(QString::fromUtf8(cookie.name));
    m_value->setText(QString::fromUtf8(cookie.value));
    if (ascii::lowered(m_domain->text().toUtf8()) != cookie.domain)
        m_domain->setText(QString::fromUtf8(cookie.domain));
    m_path->setText(QString::fromUtf8(cookie.path));
    m_sameSite->setCurrentIndex(int(cookie.sameSite));
    m_seconds->setText(cookie.expires ? QString::number(std::chrono::ceil<std::chrono::seconds>(*cookie.expires - now).count())
                                      : QString());
    m_hostOnly->setChecked(cookie.hostOnly);
    m_secure->setChecked(cookie.secure);
    m_httpOnly->setChecked(cookie.httpOnly);
    m_sameSite->setToolTip(cookie.sameSite == SameSite::None && !cookie.secure
                               ? tr("A server cannot set such a cookie: SameSite=None needs Secure.") : m_sameSite->accessibleName());
}

} // namespace corscope
