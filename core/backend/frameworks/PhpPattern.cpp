#include "core/backend/frameworks/PhpPattern.h"

namespace corscope {

std::optional<QRegularExpression> phpPattern(const QString& written)
{
    const auto text = written.trimmed();
    if (text.isEmpty() || text[0].isLetterOrNumber() || text[0] == QLatin1Char('\\'))
        return std::nullopt;
    static const auto opening = QStringLiteral("([{<");
    static const auto closing = QStringLiteral(")]}>");
    const auto bracket = opening.indexOf(text[0]);
    const auto delimiter = bracket < 0 ? text[0] : closing[bracket];

    // To the delimiter that is not escaped; brackets may hold pairs of themselves.
    qsizetype end = 1;
    for (int depth = 1; end < text.size(); ++end) {
        if (text[end] == QLatin1Char('\\'))
            ++end;
        else if (bracket >= 0 && text[end] == text[0])
            ++depth;
        else if (text[end] == delimiter && --depth == 0)
            break;
    }
    if (end >= text.size())
        return std::nullopt;

    auto source = text.mid(1, end - 1);
    QRegularExpression::PatternOptions options = QRegularExpression::NoPatternOption;
    for (const auto modifier : QStringView(text).mid(end + 1)) {
        switch (modifier.unicode()) {
        case 'i': options |= QRegularExpression::CaseInsensitiveOption; break;
        case 'm': options |= QRegularExpression::MultilineOption; break;
        case 's': options |= QRegularExpression::DotMatchesEverythingOption; break;
        case 'x': options |= QRegularExpression::ExtendedPatternSyntaxOption; break;
        case 'u': options |= QRegularExpression::UseUnicodePropertiesOption; break;
        case 'U': options |= QRegularExpression::InvertedGreedinessOption; break;
        case 'n': options |= QRegularExpression::DontCaptureOption; break;
        case 'A': source = QStringLiteral("\\G(?:%1)").arg(source); break;
        case 'D':
        case 'S':
        case 'X':
        case 'J':
        case '\n':
        case '\r':
        case ' ': break; // of no consequence for an origin
        default: return std::nullopt;
        }
    }
    const QRegularExpression pattern(source, options);
    return pattern.isValid() ? std::optional(pattern) : std::nullopt;
}

QRegularExpression phpWildcard(const QString& written, bool anyLine)
{
    auto source = QRegularExpression::escape(written);
    source.replace(QStringLiteral("\\*"), QStringLiteral(".*"));
    return QRegularExpression(QStringLiteral("^%1\\z").arg(source),
                              anyLine ? QRegularExpression::DotMatchesEverythingOption
                                      : QRegularExpression::NoPatternOption);
}

} // namespace corscope
