#include "core/backend/frameworks/PythonPattern.h"

#include <QCoreApplication>

namespace corscope {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PythonPattern", text);
}

bool isAsciiLetter(QChar c)
{
    return c.unicode() < 128 && c.isLetter();
}

InputError refused(const QString& pattern, const QString& reason, qsizetype position)
{
    return {{}, tr("a pattern that Python's re.compile() takes"),
            tr("\"%1\": %2 at position %3").arg(pattern, reason, QString::number(position))};
}

} // namespace

Result<QRegularExpression> pythonFullMatch(const QString& pattern)
{
    // Escapes: `\Z` is Perl's `\z`, `\uXXXX` is `\x{XXXX}`; a letter that Python gives no meaning is an error there.
    static const auto known = QStringLiteral("AbBdDsSwWafnrtvx");
    QString translated;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != QLatin1Char('\\') || i + 1 == pattern.size()) {
            translated.append(pattern[i]);
            continue;
        }
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
    }
    const QRegularExpression alone(translated);
    if (!alone.isValid())
        return refused(pattern, alone.errorString(), alone.patternErrorOffset());
    // fullmatch tries every way to match until one reaches the end, alternatives included; so does this.
    QRegularExpression whole(QRegularExpression::anchoredPattern(translated), QRegularExpression::UseUnicodePropertiesOption);
    if (!whole.isValid())
        return refused(pattern, whole.errorString(), whole.patternErrorOffset());
    whole.optimize();
    return whole;
}

} // namespace corscope
