#include "ui/window/FuzzyMatch.h"

#include <QStringList>

#include <algorithm>

namespace corscope {

static bool beginsWord(const QString& text, int at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

/// The best of all ways to place the letters, by what the one before reached at each place.
static std::optional<int> wordMatch(const QString& word, const QString& text)
{
    constexpr int never = -1;
    std::vector<int> reached(size_t(text.size()), never);
    for (int letter = 0; letter < word.size(); ++letter) {
        auto next = std::vector<int>(size_t(text.size()), never);
        int before = letter == 0 ? 0 : never; // the best that ended earlier than the place before
        for (int i = 0; i < text.size(); ++i) {
            if (letter > 0 && i > 1)
                before = std::max(before, reached[size_t(i) - 2]);
            if (text[i] != word[letter])
                continue;
            const int joined = letter > 0 && i > 0 && reached[size_t(i) - 1] != never ? reached[size_t(i) - 1] + 8 : never;
            const int apart = before == never ? never : before + (beginsWord(text, i) ? (letter == 0 ? 12 : 6) : 1);
            next[size_t(i)] = std::max(joined, apart);
        }
        reached = std::move(next);
    }
    const int best = reached.empty() ? never : *std::max_element(reached.begin(), reached.end());
    if (best == never)
        return std::nullopt;
    return best;
}

std::optional<int> fuzzyMatch(const QString& typed, const QString& text)
{
    const auto lower = text.toLower();
    int sum = 0;
    for (const auto& word : typed.toLower().split(u' ', Qt::SkipEmptyParts)) {
        const auto one = wordMatch(word, lower);
        // Letters strewn over a whole sentence are no match.
        if (!one || *one < 4 * int(word.size()) - 2)
            return std::nullopt;
        sum += *one;
    }
    return sum * 16 - int(std::min<qsizetype>(text.size(), 160)) / 8;
}

} // namespace corscope
