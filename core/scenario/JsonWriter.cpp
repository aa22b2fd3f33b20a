#include "core/scenario/JsonWriter.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QStringDecoder>
#include <QVariant>
#include <algorithm>

namespace corscope {

/// Lines of arrays end here at the latest, indentation not counted.
static constexpr qsizetype lineLength = 96;

static QByteArray quoted(const QString& text)
{
    QByteArray out = "\"";
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                out += "\\u" + QByteArray::number(c, 16).rightJustified(4, '0');
            else
                out += c;
        }
    }
    return out + '"';
}

static QByteArray number(const QJsonValue& value)
{
    const auto variant = value.toVariant();
    if (variant.typeId() == QMetaType::LongLong)
        return QByteArray::number(variant.toLongLong());
    const double real = value.toDouble();
    if (qAbs(real) < 1e15 && real == double(qint64(real)))
        return QByteArray::number(qint64(real));
    return QByteArray::number(real, 'g', QLocale::FloatingPointShortest);
}

static QByteArray scalar(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "true" : "false";
    case QJsonValue::Double: return number(value);
    case QJsonValue::String: return quoted(value.toString());
    default: return "null";
    }
}

JsonTree::JsonTree(const QJsonValue& value)
{
    if (value.isArray()) {
        m_kind = Kind::Array;
        for (const auto& item : value.toArray())
            append(JsonTree(QJsonValue(item)));
    } else if (value.isObject()) {
        m_kind = Kind::Object;
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            m_keys.push_back(it.key());
            m_children.push_back(JsonTree(QJsonValue(it.value())));
        }
    } else {
        m_scalar = value;
    }
}

JsonTree& JsonTree::add(const char* key, JsonTree value)
{
    Q_ASSERT(m_kind == Kind::Object);
    m_keys.push_back(QString::fromLatin1(key));
    m_children.push_back(std::move(value));
    return *this;
}

JsonTree& JsonTree::addUnless(bool leaveOut, const char* key, JsonTree value)
{
    return leaveOut ? *this : add(key, std::move(value));
}

JsonTree& JsonTree::append(JsonTree value)
{
    Q_ASSERT(m_kind == Kind::Array);
    m_children.push_back(std::move(value));
    return *this;
}

QByteArray JsonTree::compact() const
{
    if (m_kind == Kind::Scalar)
        return scalar(m_scalar);
    QByteArray out;
    for (size_t i = 0; i < m_children.size(); ++i) {
        if (i > 0)
            out += ", ";
        if (m_kind == Kind::Object)
            out += quoted(m_keys[i]) + ": ";
        out += m_children[i].compact();
    }
    return m_kind == Kind::Object ? QByteArray('{' + out + '}') : QByteArray('[' + out + ']');
}

bool JsonTree::onOneLine() const
{
    if (m_children.empty())
        return true;
    return m_kind == Kind::Array
        && std::all_of(m_children.begin(), m_children.end(), [](const JsonTree& c) { return c.m_kind == Kind::Scalar; })
        && compact().size() <= lineLength;
}

void JsonTree::write(QByteArray& out, int level) const
{
    if (m_kind == Kind::Scalar || onOneLine()) {
        out += compact();
        return;
    }
    const QByteArray indent(2 * (level + 1), ' ');
    out += m_kind == Kind::Object ? "{\n" : "[\n";
    for (size_t i = 0; i < m_children.size(); ++i) {
        out += indent;
        if (m_kind == Kind::Object)
            out += quoted(m_keys[i]) + ": ";
        m_children[i].write(out, level + 1);
        out += i + 1 < m_children.size() ? ",\n" : "\n";
    }
    out += QByteArray(2 * level, ' ') + (m_kind == Kind::Object ? '}' : ']');
}

QByteArray JsonTree::written() const
{
    QByteArray out;
    write(out, 0);
    return out + '\n';
}

JsonTree headersTree(const HeaderList& headers)
{
    auto tree = JsonTree::array();
    for (const auto& header : headers)
        tree.append(JsonTree::array().append(isomorphicTree(header.name)).append(isomorphicTree(header.value)));
    return tree;
}

void addBody(JsonTree& tree, const QByteArray& body)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(body);
    if (decoder.hasError() || text.toUtf8() != body)
        tree.add("bodyBase64", body.toBase64());
    else
        tree.add("body", text);
}

} // namespace corscope
