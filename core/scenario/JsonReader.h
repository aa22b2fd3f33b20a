#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>
#include <optional>

namespace corscope {

/// Reads JSON by what is expected of it and remembers the first thing that is wrong, with its place. After that, every
/// reading gives an empty value, so that a reader can be written straight down.
class JsonReader
{
public:
    /// \param name what an error calls the file; may be empty
    explicit JsonReader(const QString& name) : m_name(name) {}

    void fail(const QString& path, const QString& expected, const QString& found);
    const std::optional<InputError>& error() const { return m_error; }

private:
    QString m_name;
    std::optional<InputError> m_error;
};

/// The whole text as one JSON object; a syntax error says line and column.
Result<QJsonObject> parseJsonObject(const QByteArray& json, const QString& name);

/// One value and its path ("servers[0].origin").
class JsonField
{
public:
    JsonField(JsonReader& reader, const QString& path, const QJsonValue& value)
        : m_reader(&reader), m_path(path), m_value(value) {}

    const QString& path() const { return m_path; }
    bool exists() const { return !m_value.isUndefined(); }
    const QJsonValue& value() const { return m_value; }

    QString text(const QString& expected = {}) const;
    QByteArray utf8(const QString& expected = {}) const { return text(expected).toUtf8(); }
    /// Characters up to U+00FF, each standing for the byte of its number.
    QByteArray isomorphic() const;
    bool boolean() const;
    qint64 wholeNumber(qint64 from, qint64 to) const;
    /// One of these words, by its index; 0 where it is none.
    int oneOf(const QStringList& words) const;
    QList<JsonField> items() const;

    void fail(const QString& expected) const;
    JsonReader& reader() const { return *m_reader; }

private:
    JsonReader* m_reader;
    QString m_path;
    QJsonValue m_value;
};

/// An object of which all keys are known.
class JsonObjectField
{
public:
    JsonObjectField(const JsonField& field, const QStringList& keys);

    /// The value of a key that may be absent.
    JsonField operator[](const char* key) const;
    /// The value of a key that must be there.
    JsonField required(const char* key) const;

private:
    JsonReader* m_reader;
    QString m_path;
    QJsonObject m_object;
    bool m_valid = false;
};

/// A value as an error shows it: short, and as JSON writes it.
QString shownJson(const QJsonValue& value);

} // namespace corscope
