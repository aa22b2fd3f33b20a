#include "core/backend/frameworks/OriginOption.h"

#include "core/backend/frameworks/JavaScriptPattern.h"
#include "core/base/Ascii.h"

#include <QJsonArray>

#include <algorithm>

namespace corscope {

namespace {

Result<OriginOption::Candidate> candidateOf(const QJsonValue& value)
{
    if (value.isString())
        return OriginOption::Candidate{value.toString().toUtf8(), std::nullopt};
    const auto source = value[QLatin1String("regex")].toString();
    const auto flags = value[QLatin1String("flags")].toString();
    const auto pattern = javaScriptPattern(source, flags);
    if (!pattern)
        return pattern.error();
    return OriginOption::Candidate{QString(QLatin1Char('/') + source + QLatin1Char('/') + flags).toUtf8(), *pattern};
}

} // namespace

bool OriginOption::Candidate::allows(const std::optional<QByteArray>& origin) const
{
    return pattern ? pattern->match(QString::fromUtf8(origin.value_or("undefined"))).hasMatch() : origin == text;
}

bool OriginOption::lists(QByteArrayView string) const
{
    return std::any_of(candidates.begin(), candidates.end(),
                       [&](const Candidate& candidate) { return !candidate.pattern && candidate.text == string; });
}

Result<OriginOption> OriginOption::of(const QJsonValue& value, const QString& name)
{
    OriginOption option;
    if (value.isBool()) {
        option.kind = value.toBool() ? Kind::True : Kind::False;
    } else if (value.isString()) {
        option.text = value.toString().toUtf8();
        option.kind = option.text.isEmpty() ? Kind::Empty : Kind::Text;
    } else if (const auto function = FunctionSetting::of(value)) {
        option.kind = Kind::Function;
        option.function = *function;
    } else if (value.isArray() || value.isObject()) {
        option.kind = Kind::Match;
        const auto items = value.isArray() ? value.toArray() : QJsonArray{value};
        for (qsizetype i = 0; i < items.size(); ++i) {
            const auto candidate = candidateOf(items[i]);
            if (!candidate)
                return InputError{value.isArray() ? name + QStringLiteral("[%1]").arg(i) : name,
                                  candidate.error().expected, candidate.error().found};
            option.candidates.push_back(*candidate);
        }
    }
    return option;
}

std::optional<QByteArray> joinedList(const QJsonValue& value, const char* separator)
{
    if (value.isString())
        return value.toString().toUtf8();
    if (!value.isArray())
        return std::nullopt;
    QList<QByteArray> items;
    for (const auto& item : value.toArray())
        items.append(item.toString().toUtf8());
    return ascii::join(items, separator);
}

bool isTruthy(const QJsonValue& value)
{
    return value.isBool() ? value.toBool()
        : value.isString() ? !value.toString().isEmpty()
        : value.isDouble() ? value.toDouble() != 0
                           : value.isArray() || value.isObject();
}

QByteArray writtenNumber(const QJsonValue& value)
{
    return value.isDouble() ? QByteArray::number(value.toInteger()) : value.toString().toUtf8();
}

} // namespace corscope
