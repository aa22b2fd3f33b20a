#pragma once

#include "core/scenario/JsonReader.h"
#include "core/http/HeaderList.h"

#include <QJsonObject>

/// The shapes of resources/docs/stdio.md that its commands share.
namespace corscope::cli {

/// What a message says under a name. Unlike in scenario files, names nobody knows are passed over.
class StdioFields
{
public:
    StdioFields(JsonReader& reader, const QString& path, const QJsonObject& object)
        : m_reader(reader), m_path(path), m_object(object) {}

    /// An absent field reads as undefined; so does null where `nullIsAbsent`.
    JsonField operator[](const char* name) const;
    /// A fault where it is absent.
    JsonField required(const char* name) const;
    bool has(const char* name) const;
    StdioFields object(const char* name) const;

    /// With a default for absent fields.
    bool boolean(const char* name, bool otherwise) const;
    QByteArray utf8(const char* name, const QByteArray& otherwise) const;
    /// One of these words.
    QByteArray word(const char* name, const QStringList& words, const QByteArray& otherwise) const;
    HeaderList headers(const char* name) const;
    std::optional<QByteArray> base64(const char* name) const;

    /// Where faults of the whole message are told and found.
    JsonReader& reader() const { return m_reader; }

private:
    QString pathOf(const char* name) const;

    JsonReader& m_reader;
    QString m_path;
    QJsonObject m_object;
};

/// Bytes as characters of the same numbers.
inline QString isomorphic(const QByteArray& bytes) { return QString::fromLatin1(bytes); }
QJsonArray toJson(const HeaderList& headers);

} // namespace corscope::cli
