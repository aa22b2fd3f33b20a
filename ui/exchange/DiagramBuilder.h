#pragma once

#include "ui/exchange/DiagramLayout.h"
#include "ui/exchange/DiagramWords.h"

#include <QFontMetricsF>
#include <QHash>

#include <map>
#include <memory>

namespace corscope {

/// Builds the layout of a trace row by row, downwards. A trace that only grew is taken up where the last one ended, so
/// that a step of a run under way costs one row, however many there are.
class DiagramBuilder
{
public:
    /// \param words of the same trace, when it was laid out before.
    DiagramBuilder(const QFont& font, double width, const DiagramFilter& filter,
                   std::shared_ptr<DiagramWords> words = std::make_shared<DiagramWords>());
    const DiagramLayout& take(const Trace& trace);
    const DiagramLayout& layout() const { return m_layout; }
    /// Whether another builder would place everything the same.
    bool isFor(const QFont& font, double width) const { return m_font == font && m_width == width; }

private:
    using Row = DiagramLayout::Row;
    using Line = DiagramLayout::Line;

    bool continues(const Trace& trace) const;
    void begin(const Trace& trace);
    void reopen();
    void close();
    void add(const Step& step);
    void addRow(const Step& step, int number);
    void addArrow(Row& row, const Step& step);
    void addBox(Row& row, const Step& step);
    void addFold(const Step& step);
    void growFold(const Step& step);
    void addDivider(const Step& step);
    void addNotes();
    void openGroup(const Step& step);
    void frameGroup();
    void closeGroup();
    bool hides(int lane) const;
    double textWidth(const QString& text, bool strong) const;
    QStringList lines(const QString& text, bool strong, double room) const;
    /// Puts lines one below the other. \returns the bottom.
    double put(std::vector<Line>& lines, const QStringList& texts, double left, double top, bool strong, bool detail) const;
    double putBadge(Row& row, double left, double top) const;

    QFont m_font, m_strong;
    QFontMetricsF m_metrics, m_strongMetrics;
    mutable QHash<QString, double> m_advances, m_strongAdvances; ///< of words, in pixels
    double m_width, m_em, m_line;
    DiagramFilter m_filter;
    std::shared_ptr<DiagramWords> m_words;
    DiagramLayout m_layout;

    const Trace* m_trace = nullptr; ///< while taking
    std::shared_ptr<const Step> m_lastTaken;
    int m_taken = 0;
    std::vector<Lane> m_lanes;
    size_t m_outcomes = 0;
    bool m_several = false; ///< actions

    double m_y = 0;
    double m_openY = 0; ///< before the foot was added
    int m_number = 0;
    int m_action = -1;
    std::map<int, int> m_runs; ///< of handlers, by lane
    size_t m_groupFirstRow = 0;
    int m_openGroup = -1;
    bool m_folding = false;
    int m_folded = 0; ///< steps in the fold
    QString m_foldAsks, m_foldAnswers;
};

} // namespace corscope
