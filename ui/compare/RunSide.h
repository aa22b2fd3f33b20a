#pragma once

#include "ui/session/KeptRuns.h"

#include <QWidget>

class QComboBox;

namespace corscope {

class TraceCursor;
class VerdictBar;

/// One side of the comparison: which run it is, and its verdict.
class RunSide : public QWidget
{
    Q_OBJECT
public:
    /// \param letter "A" or "B"
    RunSide(const QString& letter, const QString& objectName, QWidget* parent = nullptr);

    /// Offers these runs and keeps to the choice; while that one is not there, shows the first.
    void setRuns(const std::vector<KeptRun>& runs);
    void choose(const QByteArray& id);
    const KeptRun* run() const; ///< null while there is none

Q_SIGNALS:
    void chosen();

private:
    void show();
    void follow();

    std::vector<KeptRun> m_runs;
    QByteArray m_choice; ///< id of a run
    QComboBox* m_chooser;
    TraceCursor* m_cursor;
    VerdictBar* m_verdict;
};

} // namespace corscope
