#include "core/backend/code/PythonCode.h"

#include "core/backend/code/PythonReader.h"

#include <QJsonArray>
#include <QJsonObject>

namespace corscope::python {

using code::Argument;

namespace {

bool fitsRawString(const QString& text)
{
    return text.contains(QLatin1Char('\\')) && !text.endsWith(QLatin1Char('\\'))
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c == QLatin1Char('"') || c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

} // namespace

QByteArray literal(const QJsonValue& value, bool pattern)
{
    const auto joined = [](const QList<QByteArray>& items) {
        QByteArray text;
        for (const auto& item : items)
            text += (text.isEmpty() ? QByteArray() : QByteArray(", ")) + item;
        return text;
    };
    QList<QByteArray> items;
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "True" : "False";
    case QJsonValue::Double: return QByteArray::number(value.toInteger());
    case QJsonValue::String:
        if (pattern && fitsRawString(value.toString()))
            return "r\"" + value.toString().toUtf8() + '"';
        return code::quoted(value.toString());
    case QJsonValue::Array:
        for (const auto& item : value.toArray())
            items.append(literal(item, pattern));
        return '[' + joined(items) + ']';
    case QJsonValue::Object: {
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            items.append(literal(it.key(), pattern) + ": " + literal(it.value(), pattern));
        return '{' + joined(items) + '}';
    }
    default: return "None";
    }
}

Result<std::vector<Argument>> readCall(const QByteArray& code, const QByteArray& target)
{
    auto words = tokens(code);
    if (!words)
        return words.error();
    return Reader(std::move(words).value()).call(target);
}

} // namespace corscope::python
