#pragma once

#include <QJsonValue>
#include <QString>
#include <optional>
#include <variant>
#include <vector>

namespace corscope {

/// A path into JSON: "servers[0].pipeline[0].settings.allow_origins[1]". A key with dots or brackets in it stands in
/// brackets and quotes: "settings[\"cors.allowed.origins\"]", with a backslash before a quote or a backslash.
class JsonPath
{
public:
    static std::optional<JsonPath> parse(const QString& text);

    /// The path that leads one key further. \param path may be empty
    static QString member(const QString& path, const QString& key);

    /// First key; empty where the path begins with an index.
    QString root() const;
    /// The value with the place of this path set; a missing last key is added. \returns null where the way there
    /// does not exist.
    std::optional<QJsonValue> set(const QJsonValue& whole, const QJsonValue& value) const;
    /// The value at the place of this path; undefined where there is none.
    QJsonValue value(const QJsonValue& whole) const;
    /// The path without its last key or index; null where there is only one.
    std::optional<JsonPath> parent() const;
    /// Whether this path is that one or leads further into it.
    bool isInside(const JsonPath& other) const;
    /// The text that parse() reads.
    QString text() const;
    /// A path behind this one: "actions[2].value" and the segments of `inner` that follow `from`.
    JsonPath joined(const JsonPath& inner, const JsonPath& from) const;
    bool operator==(const JsonPath&) const = default;

private:
    using Segment = std::variant<QString, int>;
    std::optional<QJsonValue> setFrom(size_t segment, const QJsonValue& whole, const QJsonValue& value) const;
    std::vector<Segment> m_segments;
};

} // namespace corscope
