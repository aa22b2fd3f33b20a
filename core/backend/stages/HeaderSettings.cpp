#include "core/backend/stages/HeaderSettings.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <algorithm>
#include <iterator>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("HeaderSettings", text); }

} // namespace

bool takesAddedHeaders(int status)
{
    static constexpr int statuses[] = {200, 201, 204, 206, 301, 302, 303, 304, 307, 308};
    return std::find(std::begin(statuses), std::end(statuses), status) != std::end(statuses);
}

Result<HeaderList> headersOf(const QJsonObject& settings, const QString& option)
{
    HeaderList headers;
    const auto list = settings[option].toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        const auto name = list[i].toArray()[0].toString().toUtf8();
        const auto value = list[i].toArray()[1].toString().toUtf8();
        const QString place = option + QStringLiteral("[%1]").arg(i);
        if (!isHeaderName(name))
            return InputError{place, tr("a header name"), QString::fromUtf8(name)};
        if (!isHeaderValue(value))
            return InputError{place, tr("a header value without line breaks"), QString::fromUtf8(value)};
        headers.append(name, value);
    }
    return headers;
}

Result<QList<QByteArray>> headerNamesOf(const QJsonObject& settings, const QString& option)
{
    QList<QByteArray> names;
    const auto list = settings[option].toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        const auto name = list[i].toString().toUtf8();
        if (!isHeaderName(name))
            return InputError{option + QStringLiteral("[%1]").arg(i), tr("a header name"), QString::fromUtf8(name)};
        names.append(name);
    }
    return names;
}

} // namespace corscope
