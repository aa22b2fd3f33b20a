#pragma once

#include "core/trace/Trace.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <unordered_map>

namespace corscope {

/// What the rows of a diagram say, in whole. It stays the same in any size: whoever lays the same trace out again (another
/// zoom, another width) keeps it, since making the words of thousands of rows takes longer than placing them.
class DiagramWords
{
public:
    struct Row
    {
        std::shared_ptr<const Step> step;
        int number = 0;      ///< as people count; part of the title
        QString title;
        QString header;      ///< of an arrow: what it carries that matters; empty where nothing does
        QStringList details; ///< of a box: what stands below its title
        QString whole;       ///< title and header, or title and first detail, in one line
        QString brief;       ///< the same without the words that all CORS headers begin with
    };

    const Row& arrow(const Trace& trace, const Step& step, int number);
    const Row& box(const Trace& trace, const Step& step, int number);
    /// When another trace is drawn.
    void clear() { m_rows.clear(); }

private:
    std::unordered_map<const Step*, Row> m_rows;
};

} // namespace corscope
