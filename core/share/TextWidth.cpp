#include "core/share/TextWidth.h"

namespace corscope::share {

namespace {

// Hundredths of the font's size, from the blank to the tilde: of each character the wider of Noto Sans and Liberation Sans,
// which has the widths of Arial and Helvetica.
constexpr unsigned char normalWidths[] = {
    28, 28, 41, 65, 58, 89, 74, 23, 34, 34, 56, 59, 28, 34, 28, 38, 58, 58, 58, 58, 58, 58, 58, 58,
    58, 58, 28, 28, 59, 59, 59, 56, 102, 67, 67, 73, 73, 67, 62, 78, 75, 34, 50, 67, 56, 91, 76, 79,
    67, 79, 73, 67, 62, 74, 67, 95, 67, 67, 62, 33, 38, 33, 58, 56, 34, 57, 62, 50, 62, 57, 35, 62,
    62, 26, 26, 54, 26, 94, 62, 61, 62, 62, 42, 50, 37, 62, 51, 79, 53, 51, 50, 38, 56, 38, 59};
constexpr unsigned char boldWidths[] = {
    28, 34, 48, 65, 58, 91, 75, 27, 34, 34, 55, 59, 29, 34, 29, 42, 58, 58, 58, 58, 58, 58, 58, 58,
    58, 58, 34, 34, 59, 59, 59, 62, 98, 73, 73, 73, 74, 67, 62, 78, 77, 39, 56, 73, 62, 95, 82, 80,
    67, 80, 73, 67, 62, 76, 67, 97, 67, 67, 62, 34, 42, 34, 59, 56, 37, 61, 64, 56, 64, 60, 39, 64,
    66, 31, 31, 62, 31, 99, 66, 62, 64, 64, 46, 56, 44, 66, 57, 86, 58, 57, 50, 40, 56, 40, 59};

double characterWidth(QChar c, Weight weight)
{
    const auto code = c.unicode();
    if (code >= 0x20 && code < 0x20 + std::size(normalWidths))
        return (weight == Weight::Bold ? boldWidths : normalWidths)[code - 0x20] / 100.0;
    if (c.isMark() || c.isLowSurrogate())
        return 0;
    // Scripts of the far east, and signs, are as wide as they are high.
    return code >= 0x1100 || c.isHighSurrogate() ? 1.0 : 0.65;
}

// The longest beginning that fits, at least one character.
qsizetype fitting(const QString& text, Weight weight, double width)
{
    double x = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        x += characterWidth(text[i], weight);
        if (x > width)
            return std::max<qsizetype>(i, 1);
    }
    return text.size();
}

QString elided(const QString& text, Weight weight, double width)
{
    if (textWidth(text, weight) <= width)
        return text;
    return text.left(fitting(text, weight, width - 1)).trimmed() + QChar(0x2026);
}

} // namespace

double textWidth(const QString& text, Weight weight)
{
    double width = 0;
    for (const QChar c : text)
        width += characterWidth(c, weight);
    return width;
}

QStringList wrappedText(const QString& text, Weight weight, double width, int lines)
{
    QStringList result;
    auto rest = text.trimmed();
    while (!rest.isEmpty()) {
        if (result.size() == lines - 1) {
            result.append(elided(rest, weight, width));
            break;
        }
        auto end = fitting(rest, weight, width);
        if (end < rest.size()) {
            const auto blank = rest.lastIndexOf(QLatin1Char(' '), end);
            if (blank > 0)
                end = blank;
        }
        result.append(rest.left(end).trimmed());
        rest = rest.mid(end).trimmed();
    }
    return result;
}

} // namespace corscope::share
