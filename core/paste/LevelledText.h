#pragma once

#include <QString>

#include <vector>

namespace corscope::paste {

/// A place in pasted text, for a person. Both count from one.
struct TextPlace
{
    int line = 1;
    int column = 1;
    bool operator==(const TextPlace&) const = default;
};
TextPlace placeOf(const QString& text, qsizetype at);

/// Part of a pasted text, in UTF-16 units.
struct TextRange
{
    qsizetype from = 0;
    qsizetype to = 0;
    bool operator==(const TextRange&) const = default;
};

/// Pasted text as it is compared: any quotation mark is a straight one, any run of white space, line breaks and marks of
/// quoted mail included, is one space. Knows where each character came from.
class LevelledText
{
public:
    explicit LevelledText(const QString& text);

    const QString& text() const { return m_text; }
    qsizetype size() const { return m_text.size(); }
    qsizetype originalAt(qsizetype at) const { return m_from[size_t(at)]; }
    /// What was pasted between two places, as it was; but lines that were broken are joined by a blank.
    QString original(qsizetype from, qsizetype to) const;
    /// The end of the pasted line that this place stands in.
    qsizetype endOfLine(qsizetype at) const;

    /// The levelled form of a text to compare with.
    static QString levelled(const QString& text) { return LevelledText(text).text(); }

private:
    QString m_pasted;
    QString m_text;
    std::vector<qsizetype> m_from; ///< one more than there are characters
};

} // namespace corscope::paste
