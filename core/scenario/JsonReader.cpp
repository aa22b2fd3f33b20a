#include "core/scenario/JsonReader.h"

#include "core/scenario/JsonDuplicates.h"
#include "core/scenario/JsonWriter.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <algorithm>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("JsonReader", text);
}

/// `"a", "b" or "c"`
static QString listed(const QStringList& words)
{
    QString result;
    for (int i = 0; i < words.size(); ++i) {
        if (i > 0)
            result += i + 1 < words.size() ? QStringLiteral(", ") : tr(" or ");
        result += QLatin1Char('"') + words[i] + QLatin1Char('"');
    }
    return result;
}

QString shownJson(const QJsonValue& value)
{
    if (value.isUndefined())
        return {};
    if (value.isObject())
        return tr("an object");
    if (value.isArray())
        return tr("an array");
    auto text = QString::fromUtf8(JsonTree(value).compact());
    if (text.size() > 80)
        text = text.left(77) + QStringLiteral("...");
    return text;
}

void JsonReader::fail(const QString& path, const QString& expected, const QString& found)
{
    if (m_error)
        return;
    const QString colon = m_name.isEmpty() || path.isEmpty() ? QString() : QStringLiteral(": ");
    m_error = InputError{m_name + colon + path, expected, found};
}

void JsonField::fail(const QString& expected) const
{
    m_reader->fail(m_path, expected, shownJson(m_value));
}

QString JsonField::text(const QString& expected) const
{
    if (!m_value.isString())
        fail(expected.isEmpty() ? tr("a string") : expected);
    return m_value.toString();
}

QByteArray JsonField::isomorphic() const
{
    const auto string = text();
    if (std::any_of(string.begin(), string.end(), [](QChar c) { return c.unicode() > 0xff; }))
        fail(tr("a byte string (each character stands for one byte, up to U+00FF)"));
    return string.toLatin1();
}

bool JsonField::boolean() const
{
    if (!m_value.isBool())
        fail(tr("true or false"));
    return m_value.toBool();
}

qint64 JsonField::wholeNumber(qint64 from, qint64 to) const
{
    const double number = m_value.toDouble();
    if (!m_value.isDouble() || !(number >= double(from) && number <= double(to)) || number != double(qint64(number))) {
        fail(tr("a whole number from %1 to %2").arg(from).arg(to));
        return from;
    }
    return m_value.toInteger();
}

int JsonField::oneOf(const QStringList& words) const
{
    const auto index = m_value.isString() ? words.indexOf(m_value.toString()) : -1;
    if (index < 0)
        fail(words.size() > 1 ? tr("one of %1").arg(listed(words)) : listed(words));
    return int(std::max<qsizetype>(index, 0));
}

QList<JsonField> JsonField::items() const
{
    QList<JsonField> result;
    if (!m_value.isArray())
        fail(tr("an array"));
    const auto array = m_value.toArray();
    for (int i = 0; i < array.size(); ++i)
        result.append(JsonField(*m_reader, m_path + QStringLiteral("[%1]").arg(i), array[i]));
    return result;
}

JsonObjectField::JsonObjectField(const JsonField& field, const QStringList& keys)
    : m_reader(&field.reader()), m_path(field.path()), m_object(field.value().toObject())
{
    if (!field.value().isObject()) {
        field.fail(tr("an object"));
        return;
    }
    m_valid = true;
    for (auto it = m_object.begin(); it != m_object.end(); ++it)
        if (!keys.contains(it.key()))
            m_reader->fail(m_path.isEmpty() ? it.key() : QString(m_path + QLatin1Char('.') + it.key()),
                           tr("one of the keys %1").arg(listed(keys)), QLatin1Char('"') + it.key() + QLatin1Char('"'));
}

JsonField JsonObjectField::operator[](const char* key) const
{
    const auto name = QString::fromLatin1(key);
    const auto path = m_path.isEmpty() ? name : QString(m_path + QLatin1Char('.') + name);
    return JsonField(*m_reader, path, m_object.value(name));
}

JsonField JsonObjectField::required(const char* key) const
{
    const auto field = (*this)[key];
    if (m_valid && !field.exists())
        m_reader->fail(m_path, tr("the key \"%1\"").arg(QString::fromLatin1(key)), tr("no such key"));
    return field;
}

static QString expectedBy(QJsonParseError::ParseError error)
{
    switch (error) {
    case QJsonParseError::UnterminatedObject: return tr("\",\" or \"}\" after a value");
    case QJsonParseError::MissingNameSeparator: return tr("\":\" after a key");
    case QJsonParseError::UnterminatedArray: return tr("\",\" or \"]\" after a value");
    case QJsonParseError::MissingValueSeparator: return tr("\",\" between two values");
    case QJsonParseError::IllegalNumber: return tr("a number as JSON writes it");
    case QJsonParseError::IllegalEscapeSequence: return tr("an escape sequence as JSON knows it");
    case QJsonParseError::IllegalUTF8String: return tr("text in UTF-8");
    case QJsonParseError::UnterminatedString: return tr("the quotation mark that ends a string");
    case QJsonParseError::DeepNesting: return tr("fewer levels of nesting");
    case QJsonParseError::GarbageAtEnd: return tr("nothing after the last \"}\"");
    default: return tr("a JSON value");
    }
}

static QString lineAndColumn(const QByteArray& json, qsizetype offset)
{
    const auto before = json.left(offset);
    const auto line = before.count('\n') + 1;
    const auto column = QString::fromUtf8(before.mid(before.lastIndexOf('\n') + 1)).size() + 1;
    return tr("line %1, column %2").arg(line).arg(column);
}

Result<QJsonObject> parseJsonObject(const QByteArray& json, const QString& name)
{
    const QString prefix = name.isEmpty() ? QString() : QString(name + QStringLiteral(": "));
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        auto offset = std::clamp<qsizetype>(error.offset, 0, json.size());
        // NB: where a separator is missing, Qt has read the byte that stands in its place.
        const auto separators = {QJsonParseError::UnterminatedObject, QJsonParseError::UnterminatedArray,
                                 QJsonParseError::MissingNameSeparator};
        if (offset > 0 && offset < json.size() && std::find(separators.begin(), separators.end(), error.error) != separators.end())
            --offset;
        const auto rest = QString::fromUtf8(json.mid(offset, 8)).left(1);
        const auto found = rest.isEmpty() ? tr("the end of the file")
            : rest == QLatin1String("\n") ? tr("the end of the line")
                                          : QString(QLatin1Char('"') + rest + QLatin1Char('"'));
        return InputError{prefix + lineAndColumn(json, offset), expectedBy(error.error), found};
    }
    if (const auto again = findDuplicateKey(json))
        return InputError{prefix + again->path, tr("every key of an object only once"),
                          tr("it again in %1").arg(lineAndColumn(json, again->offset))};
    if (!document.isObject())
        return InputError{name, tr("a JSON object"), tr("an array")};
    return document.object();
}

} // namespace corscope
