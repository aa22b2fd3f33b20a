#include "ui/verdict/LampRow.h"

#include <algorithm>

namespace corscope {

LampRow::LampRow(const QList<QWidget*>& lamps, QWidget* parent) : QWidget(parent), m_lamps(lamps)
{
    for (auto* lamp : lamps)
        lamp->setParent(this);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int LampRow::place(int width, bool move) const
{
    const int gap = fontMetrics().height() / 4;
    int x = 0;
    int y = 0;
    int line = 0;
    for (auto* lamp : m_lamps) {
        if (lamp->isHidden())
            continue;
        const auto size = lamp->sizeHint();
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += line + gap / 2;
            line = 0;
        }
        if (move)
            lamp->setGeometry(x, y, std::min(size.width(), width), size.height());
        x += size.width() + gap;
        line = std::max(line, size.height());
    }
    return y + line;
}

void LampRow::reserveFor(const QStringList& longest)
{
    m_longest = longest;
    updateGeometry();
}

int LampRow::heightForWidth(int width) const
{
    const int em = fontMetrics().height();
    const int height = m_lamps.isEmpty() ? em : m_lamps.front()->sizeHint().height();
    int x = 0;
    int lines = 1;
    for (const auto& words : m_longest) {
        const int needed = fontMetrics().horizontalAdvance(QStringLiteral("✓ ") + words) + em * 4 / 3;
        if (x > 0 && x + needed > width) {
            x = 0;
            ++lines;
        }
        x += needed + em / 4;
    }
    return std::max(place(width, false), lines * height + (lines - 1) * (em / 8));
}

QSize LampRow::sizeHint() const
{
    int width = 0;
    for (const auto* lamp : m_lamps)
        if (!lamp->isHidden())
            width += lamp->sizeHint().width() + fontMetrics().height() / 4;
    return {width, place(width + 1, false)};
}

QSize LampRow::minimumSizeHint() const
{
    int width = 0;
    for (const auto* lamp : m_lamps)
        if (!lamp->isHidden())
            width = std::max(width, lamp->sizeHint().width());
    return {width, place(std::max(width, this->width()), false)};
}

void LampRow::arrange()
{
    setHidden(std::all_of(m_lamps.begin(), m_lamps.end(), [](const QWidget* lamp) { return lamp->isHidden(); }));
    updateGeometry();
    place(width(), true);
}

void LampRow::resizeEvent(QResizeEvent*)
{
    place(width(), true);
}

} // namespace corscope
