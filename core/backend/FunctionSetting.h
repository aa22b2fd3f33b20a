#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace corscope {

/// An option that is given a function: {"function": "listed-or", "values": ["https://a.example"], "otherwise": "x"}.
/// Which names an option knows says its description.
struct FunctionSetting
{
    QByteArray name;
    QList<QByteArray> values;
    QByteArray otherwise;

    /// Nothing where the value is no such object.
    static std::optional<FunctionSetting> of(const QJsonValue& value);
    /// As people write it: `listed-or(https://a.example https://b.example) else https://c.example`.
    static std::optional<FunctionSetting> read(const QString& text);
    QString text() const;
    QJsonObject json() const;
};

} // namespace corscope
