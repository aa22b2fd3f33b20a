#include "ui/widgets/Checks.h"

#include "core/base/Ascii.h"
#include "core/url/Url.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace corscope::checks {

static QString tr(const char* text)
{
    return QCoreApplication::translate("Checks", text);
}

QString port(const QString& text)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    return ok && number >= 1 && number <= 65535 ? QString() : tr("A port is a whole number from 1 to 65535.");
}

QString host(const QString& text)
{
    const QByteArray address = "http://" + text.toUtf8() + "/";
    const auto url = Url::parse(address);
    const bool onlyHost = url && !url->includesCredentials() && !url->port() && url->path() == "/" && !url->query();
    return onlyHost && !text.isEmpty() ? QString() : tr("A host is a name like app.example.com or an IP address.");
}

QString wholeNumber(const QString& text)
{
    bool ok = false;
    [[maybe_unused]] const auto number = text.toLongLong(&ok);
    return ok || text.isEmpty() ? QString() : tr("This is a whole number.");
}

QString regularExpression(const QString& text)
{
    const QRegularExpression expression(text);
    return expression.isValid() ? QString()
                                : tr("Not a regular expression: %1 (at character %2).")
                                      .arg(expression.errorString(), QString::number(expression.patternErrorOffset() + 1));
}

QString methodName(const QString& text)
{
    return ascii::isToken(text.toUtf8()) ? QString() : tr("A method is one word of letters, digits and signs like - or _.");
}

} // namespace corscope::checks
