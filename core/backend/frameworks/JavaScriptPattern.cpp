#include "core/backend/frameworks/JavaScriptPattern.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("JavaScriptPattern", text); }

InputError refused(const QString& source, const QString& reason)
{
    return {{}, tr("a regular expression that JavaScript takes"), tr("/%1/: %2").arg(source, reason)};
}

/// The escape at `i` (a backslash) in Perl's words; moves to its last character.
QString escape(const QString& source, qsizetype& i)
{
    // Letters that mean something in both; any other letter stands for itself in JavaScript.
    static const QString shared = QStringLiteral("bBdDsSwWfnrtcxk");
    const auto letter = source[++i];
    if (letter == QLatin1Char('u') && i + 1 < source.size()) {
        if (source[i + 1] == QLatin1Char('{')) {
            const auto end = source.indexOf(QLatin1Char('}'), i);
            if (end > 0) {
                const auto digits = source.mid(i + 2, end - i - 2);
                i = end;
                return QStringLiteral("\\x{%1}").arg(digits);
            }
        } else if (i + 4 < source.size()) {
            const auto digits = source.mid(i + 1, 4);
            i += 4;
            return QStringLiteral("\\x{%1}").arg(digits);
        }
        return QStringLiteral("u");
    }
    if (letter == QLatin1Char('v'))
        return QStringLiteral("\\x0b");
    const bool isLetter = letter.unicode() < 128 && letter.isLetter();
    return isLetter && !shared.contains(letter) ? QString(letter) : QString(QLatin1Char('\\')) + letter;
}

} // namespace

Result<QRegularExpression> javaScriptPattern(const QString& source, const QString& flags)
{
    QRegularExpression::PatternOptions options = QRegularExpression::NoPatternOption;
    for (qsizetype i = 0; i < flags.size(); ++i) {
        if (!QStringLiteral("dgimsuvy").contains(flags[i]) || flags.indexOf(flags[i]) != i)
            return refused(source, tr("invalid flags \"%1\"").arg(flags));
        if (flags[i] == QLatin1Char('i'))
            options |= QRegularExpression::CaseInsensitiveOption;
        else if (flags[i] == QLatin1Char('m'))
            options |= QRegularExpression::MultilineOption;
        else if (flags[i] == QLatin1Char('s'))
            options |= QRegularExpression::DotMatchesEverythingOption;
    }

    QString translated;
    bool inSet = false;
    for (qsizetype i = 0; i < source.size(); ++i) {
        const auto c = source[i];
        const auto rest = QStringView(source).mid(i);
        if (c == QLatin1Char('\\')) {
            if (i + 1 == source.size())
                return refused(source, tr("\\ at the end of the pattern"));
            translated += escape(source, i);
            continue;
        }
        if (inSet) {
            // "[" is one of the characters; Perl would read "[:" as the beginning of something.
            if (c == QLatin1Char('['))
                translated += QLatin1Char('\\');
            else if (c == QLatin1Char(']'))
                inSet = false;
        } else if (rest.startsWith(QLatin1String("[^]"))) {
            translated += QStringLiteral("[\\s\\S]");
            i += 2;
            continue;
        } else if (rest.startsWith(QLatin1String("[]"))) {
            translated += QStringLiteral("(?!)");
            i += 1;
            continue;
        } else if (c == QLatin1Char('[')) {
            inSet = true;
        } else if (c == QLatin1Char('$') && !(options & QRegularExpression::MultilineOption)) {
            // The very end; Perl's "$" also stands before a last line break.
            translated += QStringLiteral("\\z");
            continue;
        } else if (rest.startsWith(QLatin1String("(*"))
                   || (c == QLatin1Char('+') && i > 0 && QStringLiteral("*+?}").contains(source[i - 1])
                       && (i < 2 || source[i - 2] != QLatin1Char('\\')))) {
            return refused(source, tr("nothing to repeat"));
        } else if (rest.startsWith(QLatin1String("(?"))) {
            static const QRegularExpression known(QStringLiteral("^\\(\\?(?:[:=!]|<[=!]|<[\\p{L}_$])"));
            if (!known.match(rest.toString()).hasMatch())
                return refused(source, tr("invalid group"));
        }
        translated += c;
    }
    const QRegularExpression pattern(translated, options);
    if (!pattern.isValid())
        return refused(source, pattern.errorString());
    return pattern;
}

} // namespace corscope
