#pragma once

#include "core/http/HeaderList.h"

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <vector>

namespace corscope {

/// A JSON value whose keys keep the order in which they were added, which QJsonObject does not.
class JsonTree
{
public:
    static JsonTree object() { return JsonTree(Kind::Object, {}); }
    static JsonTree array() { return JsonTree(Kind::Array, {}); }
    /// A scalar, or a whole value whose keys may be sorted.
    JsonTree(const QJsonValue& value);
    JsonTree(const QString& text) : JsonTree(Kind::Scalar, text) {}
    /// The text of these UTF-8 bytes.
    JsonTree(const QByteArray& utf8) : JsonTree(Kind::Scalar, QString::fromUtf8(utf8)) {}
    JsonTree(bool value) : JsonTree(Kind::Scalar, value) {}
    JsonTree(int value) : JsonTree(Kind::Scalar, value) {}
    JsonTree(qint64 value) : JsonTree(Kind::Scalar, value) {}

    JsonTree& add(const char* key, JsonTree value);
    /// Only where it says something: not a default value, not empty.
    JsonTree& addUnless(bool leaveOut, const char* key, JsonTree value);
    JsonTree& append(JsonTree value);
    bool isEmpty() const { return m_children.empty(); }

    /// Two spaces per level, arrays of scalars on one line where they are short, UTF-8, a final newline.
    QByteArray written() const;
    /// On one line, without a newline.
    QByteArray compact() const;

private:
    enum class Kind { Scalar, Array, Object };
    JsonTree(Kind kind, const QJsonValue& scalar) : m_kind(kind), m_scalar(scalar) {}
    void write(QByteArray& out, int level) const;
    bool onOneLine() const;

    Kind m_kind = Kind::Scalar;
    QJsonValue m_scalar;
    std::vector<QString> m_keys; ///< of an object, beside m_children
    std::vector<JsonTree> m_children;
};

/// The text of bytes of which each stands for one character.
inline JsonTree isomorphicTree(QByteArrayView bytes) { return QString::fromLatin1(bytes); }
/// Arrays of [name, value].
JsonTree headersTree(const HeaderList& headers);
/// "body" where it is UTF-8, "bodyBase64" where it is not.
void addBody(JsonTree& tree, const QByteArray& body);

} // namespace corscope
