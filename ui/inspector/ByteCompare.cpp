#include "ui/inspector/ByteCompare.h"

#include <QStringDecoder>

#include <algorithm>

namespace corscope {

/// Length of the UTF-8 character at a place; 1 where there is none.
static qsizetype characterLength(QByteArrayView bytes, qsizetype at)
{
    const auto lead = quint8(bytes[at]);
    const qsizetype length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    if (at + length > bytes.size())
        return 1;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes.sliced(at, length));
    return decoder.hasError() ? 1 : length;
}

static QString visibleCharacter(QByteArrayView character, bool atAnEnd)
{
    if (character.size() > 1) {
        const auto text = QString::fromUtf8(character);
        const auto unicode = text.toUcs4().value(0);
        // Zero-width and direction marks are the ones that nobody finds.
        const bool hidden = !QChar::isPrint(unicode) || unicode == 0xa0 || QChar::category(unicode) == QChar::Other_Format;
        return hidden ? QStringLiteral("⟨U+%1⟩").arg(unicode, 4, 16, QLatin1Char('0')).toUpper() : text;
    }
    const auto byte = quint8(character[0]);
    switch (byte) {
    case ' ': return atAnEnd ? QStringLiteral("␣") : QStringLiteral(" ");
    case '\t': return QStringLiteral("⟨tab⟩");
    case '\r': return QStringLiteral("⟨CR⟩");
    case '\n': return QStringLiteral("⟨LF⟩");
    default: break;
    }
    if (byte < 0x20 || byte >= 0x7f)
        return QStringLiteral("⟨%1⟩").arg(byte, 2, 16, QLatin1Char('0'));
    return QString(QLatin1Char(char(byte)));
}

static bool isAtAnEnd(QByteArrayView bytes, qsizetype at)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    return std::all_of(bytes.begin(), bytes.begin() + at, blank) || std::all_of(bytes.begin() + at, bytes.end(), blank);
}

QString visibleBytes(QByteArrayView bytes)
{
    QString result;
    for (qsizetype i = 0; i < bytes.size();) {
        const auto length = characterLength(bytes, i);
        result += visibleCharacter(bytes.sliced(i, length), isAtAnEnd(bytes, i));
        i += length;
    }
    return result;
}

/// \param first where the difference begins, or -1; \param last how many bytes at the end are the same in both.
static QList<ByteComparison::Part> parts(QByteArrayView bytes, qsizetype first, qsizetype last)
{
    using Piece = ByteComparison::Piece;
    QList<ByteComparison::Part> result;
    for (qsizetype i = 0; i < bytes.size();) {
        const auto length = characterLength(bytes, i);
        const bool holdsFirst = first >= i && first < i + length;
        const bool differs = first >= 0 && i > first && i < bytes.size() - last;
        const auto piece = holdsFirst ? Piece::First : differs ? Piece::Differing : Piece::Same;
        // NB: a space that differs must be seen wherever it stands.
        const auto text = visibleCharacter(bytes.sliced(i, length), piece != Piece::Same || isAtAnEnd(bytes, i));
        if (!result.isEmpty() && result.last().piece == piece && piece != Piece::First)
            result.last().text += text;
        else
            result.append({piece, text});
        i += length;
    }
    if (first == bytes.size())
        result.append({Piece::First, QStringLiteral("⟨end⟩")});
    return result;
}

ByteComparison compareBytes(QByteArrayView value, QByteArrayView other)
{
    ByteComparison result;
    const auto shorter = std::min(value.size(), other.size());
    const auto at = std::mismatch(value.begin(), value.begin() + shorter, other.begin()).first - value.begin();
    if (at < shorter || value.size() != other.size())
        result.firstDifference = at;
    // What is equal again up to the end is not marked: one letter too many is one mark.
    qsizetype last = 0;
    while (last < shorter - at && value[value.size() - 1 - last] == other[other.size() - 1 - last])
        ++last;
    result.value = parts(value, result.firstDifference, last);
    result.other = parts(other, result.firstDifference, last);
    return result;
}

} // namespace corscope
