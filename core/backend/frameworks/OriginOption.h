#pragma once

#include "core/backend/FunctionSetting.h"
#include "core/base/Result.h"

#include <QRegularExpression>

#include <vector>

namespace corscope {

/// The option `origin` as JavaScript middleware take it: a truth value, a string, a pattern, a list, a function.
struct OriginOption
{
    /// Something that an origin is held against: a string, or a pattern.
    struct Candidate
    {
        QByteArray text;
        std::optional<QRegularExpression> pattern;

        /// A pattern is asked about a missing origin as well, as the word "undefined".
        bool allows(const std::optional<QByteArray>& origin) const;
    };
    enum class Kind {
        Null,
        Empty, ///< ""
        False,
        True,
        Text,
        Match, ///< a list or a pattern
        Function,
    };
    Kind kind = Kind::Null;
    QByteArray text;
    std::vector<Candidate> candidates;
    FunctionSetting function;

    /// Whether JavaScript takes it for no.
    bool isFalsy() const { return kind == Kind::Null || kind == Kind::Empty || kind == Kind::False; }
    bool isText(QByteArrayView other) const { return kind == Kind::Text && text == other; }
    /// Whether the list has that very string.
    bool lists(QByteArrayView string) const;

    /// \param name of the option, for errors
    static Result<OriginOption> of(const QJsonValue& value, const QString& name);
};

/// What a list or a string becomes on the wire; null where the option was not given, which is not the empty text.
std::optional<QByteArray> joinedList(const QJsonValue& value, const char* separator);
/// What JavaScript takes for true.
bool isTruthy(const QJsonValue& value);
/// A number or a string as JavaScript writes it; empty for anything else.
QByteArray writtenNumber(const QJsonValue& value);

} // namespace corscope
