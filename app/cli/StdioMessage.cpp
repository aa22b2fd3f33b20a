#include "app/cli/StdioMessage.h"

#include <QCoreApplication>

namespace corscope::cli {

static QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

QString StdioFields::pathOf(const char* name) const
{
    const auto text = QString::fromLatin1(name);
    return m_path.isEmpty() ? text : QString(m_path + QLatin1Char('.') + text);
}

JsonField StdioFields::operator[](const char* name) const
{
    return {m_reader, pathOf(name), m_object.value(QLatin1String(name))};
}

JsonField StdioFields::required(const char* name) const
{
    const auto field = (*this)[name];
    if (!field.exists())
        m_reader.fail(field.path(), tr("a value"), {});
    return field;
}

bool StdioFields::has(const char* name) const
{
    const auto value = m_object.value(QLatin1String(name));
    return !value.isUndefined() && !value.isNull();
}

StdioFields StdioFields::object(const char* name) const
{
    const auto field = (*this)[name];
    if (!field.value().isObject())
        field.fail(tr("an object"));
    return {m_reader, field.path(), field.value().toObject()};
}

bool StdioFields::boolean(const char* name, bool otherwise) const
{
    return has(name) ? (*this)[name].boolean() : otherwise;
}

QByteArray StdioFields::utf8(const char* name, const QByteArray& otherwise) const
{
    return has(name) ? (*this)[name].utf8() : otherwise;
}

QByteArray StdioFields::word(const char* name, const QStringList& words, const QByteArray& otherwise) const
{
    return has(name) ? words[(*this)[name].oneOf(words)].toLatin1() : otherwise;
}

HeaderList StdioFields::headers(const char* name) const
{
    HeaderList list;
    if (!has(name))
        return list;
    const auto items = (*this)[name].items();
    for (const auto& item : items) {
        const auto pair = item.value().isArray() ? item.items() : QList<JsonField>();
        if (pair.size() != 2) {
            item.fail(tr("[name, value]"));
            return {};
        }
        const auto headerName = pair[0].isomorphic();
        const auto value = normalizedHeaderValue(pair[1].isomorphic());
        if (!isHeaderName(headerName))
            pair[0].fail(tr("a header name"));
        if (!isHeaderValue(value))
            pair[1].fail(tr("a header value"));
        list.append(headerName, value);
    }
    return list;
}

std::optional<QByteArray> StdioFields::base64(const char* name) const
{
    if (!has(name))
        return std::nullopt;
    const auto field = (*this)[name];
    const auto text = field.utf8();
    auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || text.size() % 4 != 0) {
        field.fail(tr("base64 with padding"));
        return std::nullopt;
    }
    return std::move(decoded.decoded);
}

QJsonArray toJson(const HeaderList& headers)
{
    QJsonArray list;
    for (const auto& header : headers)
        list.append(QJsonArray{isomorphic(header.name), isomorphic(header.value)});
    return list;
}

} // namespace corscope::cli
