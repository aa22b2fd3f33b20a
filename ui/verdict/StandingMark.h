#pragma once

#include "ui/theme/Chip.h"

namespace corscope {

class TraceCursor;

/// Says in a word when what is shown was not sent (a preview), or is from before the last edit. Hidden otherwise.
class StandingMark : public Chip
{
    Q_OBJECT
public:
    enum class Words { Short, Whole };
    explicit StandingMark(TraceCursor& cursor, Words words = Words::Short, QWidget* parent = nullptr);

    /// Veils a view while what it shows is from before an edit that cannot be run.
    static void veil(QWidget& view, TraceCursor& cursor);

Q_SIGNALS:
    void changed(); ///< it may take other room now

private:
    void refresh();

    TraceCursor& m_cursor;
    Words m_words;
};

} // namespace corscope
