#include "core/backend/frameworks/PythonPattern.h"

#include <QCoreApplication>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("PythonPattern", text); }

bool isAsciiLetter(QChar c) { return c.unicode() < 128 && c.isLetter(); }

InputError refused(const QString& pattern, const QString& reason, qsizetype position)
{
    return {{},
            tr("a pattern that Python's re.compile() takes"),
            tr("\"%1\": %2 at position %3").arg(pattern, reason, QString::number(position))};
}

/// What may follow "(?" in Python; Perl knows more.
bool isKnownExtension(QStringView rest)
{
    static const QRegularExpression known(
        QStringLiteral("^(?:[:=!>#(]|P[<=>]|<[=!]|[aiLmsux]+\\)|[aiLmsux]*(?:-[imsx]+)?:)"));
    return known.match(rest.toString()).hasMatch() && !rest.startsWith(QLatin1String("P>"));
}

/// The pattern in Perl's words.
Result<QString> translatedPattern(const QString& pattern)
{
    // Escapes: `\Z` is Perl's `\z`, `\uXXXX` is `\x{XXXX}`; a letter that Python gives no meaning is an error there.
    // `{,3}` is a repetition in Python and plain text to Perl.
    static const auto known = QStringLiteral("AbBdDsSwWafnrtvx");
    static const QRegularExpression globalFlags(QStringLiteral("^\\(\\?([aiLmsux]+)\\)"));
    static const QRegularExpression noLowerBound(QStringLiteral("^\\{,\\d+\\}"));
    QString translated;
    qsizetype set = -1;     // where a character set began
    qsizetype flagsEnd = 0; // flags for the whole pattern stand before everything else
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const auto c = pattern[i];
        if (c == QLatin1Char('\\') && i + 1 < pattern.size()) {
            const auto letter = pattern[++i];
            if (letter == QLatin1Char('Z')) {
                translated.append(QStringLiteral("\\z"));
            } else if (letter == QLatin1Char('u') && i + 4 < pattern.size()) {
                translated.append(QStringLiteral("\\x{%1}").arg(pattern.mid(i + 1, 4)));
                i += 4;
            } else if (isAsciiLetter(letter) && !known.contains(letter)) {
                return refused(pattern, tr("bad escape \\%1").arg(letter), i - 1);
            } else {
                translated.append(QLatin1Char('\\')).append(letter);
            }
            continue;
        }
        const auto rest = QStringView(pattern).mid(i);
        if (set >= 0) {
            // "]" at the very start of a set, also of a negated one, is one of its characters. "[" is always one.
            const auto start = set + (pattern[set] == QLatin1Char('^') ? 1 : 0);
            // (Perl would read "[." or "[:" as the beginning of something.)
            if (QStringLiteral("[.:=").contains(c))
                translated.append(QLatin1Char('\\'));
            else if (c == QLatin1Char(']') && i > start)
                set = -1;
        } else if (c == QLatin1Char('[')) {
            set = i + 1 < pattern.size() ? i + 1 : -1;
        } else if (rest.startsWith(QLatin1String("(*"))) {
            return refused(pattern, tr("nothing to repeat"), i + 1);
        } else if (rest.startsWith(QLatin1String("(?"))) {
            if (!isKnownExtension(rest.mid(2)))
                return refused(pattern, tr("unknown extension %1").arg(rest.mid(1, 2)), i + 1);
            if (const auto flags = globalFlags.match(rest.toString()); flags.hasMatch()) {
                if (i != flagsEnd)
                    return refused(pattern, tr("global flags not at the start of the expression"), i);
                // Text is Unicode text anyway, and origins are ASCII: what a, u and L say makes no difference.
                const auto kept = flags.captured(1).remove(QRegularExpression(QStringLiteral("[auL]")));
                if (!kept.isEmpty())
                    translated.append(QStringLiteral("(?%1)").arg(kept));
                flagsEnd = i + flags.capturedLength();
                i = flagsEnd - 1;
                continue;
            }
        } else if (rest.startsWith(QLatin1String("{,")) && noLowerBound.match(rest.toString()).hasMatch()) {
            translated.append(QStringLiteral("{0"));
            continue;
        }
        translated.append(c);
    }
    const QRegularExpression alone(translated);
    if (!alone.isValid())
        return refused(pattern, alone.errorString(), alone.patternErrorOffset());
    return translated;
}

} // namespace

Result<QRegularExpression> pythonFullMatch(const QString& pattern)
{
    const auto translated = translatedPattern(pattern);
    if (!translated)
        return translated.error();
    // fullmatch tries every way to match until one reaches the end, alternatives included; so does this.
    const QRegularExpression whole(QRegularExpression::anchoredPattern(*translated),
                                   QRegularExpression::UseUnicodePropertiesOption);
    if (!whole.isValid())
        return refused(pattern, whole.errorString(), whole.patternErrorOffset());
    return whole;
}

static Result<QRegularExpression> startingWith(const QString& pattern, QRegularExpression::PatternOptions options)
{
    const auto translated = translatedPattern(pattern);
    if (!translated)
        return translated.error();
    const QRegularExpression start(QStringLiteral("\\A(?:%1)").arg(*translated),
                                   QRegularExpression::UseUnicodePropertiesOption | options);
    if (!start.isValid())
        return refused(pattern, start.errorString(), start.patternErrorOffset());
    return start;
}

Result<QRegularExpression> pythonMatch(const QString& pattern)
{
    return startingWith(pattern, QRegularExpression::NoPatternOption);
}

Result<QRegularExpression> pythonMatchIgnoringCase(const QString& pattern)
{
    return startingWith(pattern, QRegularExpression::CaseInsensitiveOption);
}

} // namespace corscope
