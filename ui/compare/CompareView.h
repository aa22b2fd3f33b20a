#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QStackedWidget;
class QTextBrowser;
class QToolButton;

namespace corscope {

class CompareList;
class CompareModel;
class KeptRuns;
class RunSide;

/// Two runs side by side: their verdicts, their steps on common lines, what is not the same about the chosen line, and
/// what had been changed between the runs. F8 goes to the next difference, Shift+F8 to the one before.
class CompareView : public QWidget
{
    Q_OBJECT
public:
    explicit CompareView(KeptRuns& runs, QWidget* parent = nullptr);

    /// Puts the run that was kept last (where there is none: the last one that was sent) beside the one that is shown.
    void compareWithKept();
    void compareWithSent();

public Q_SLOTS:
    void nextDifference();
    void previousDifference();

Q_SIGNALS:
    /// Somebody wants to see a step of the run that is shown.
    void stepWanted(int step);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* steps();
    QWidget* panels();
    void takeRuns();
    void compare();
    void showRow(int row);
    void showPlace();
    void askFor(int row);
    void swapSides();

    KeptRuns& m_runs;
    CompareModel* m_model;
    CompareList* m_list;
    RunSide* m_a;
    RunSide* m_b;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    QLabel* m_parting;
    QLabel* m_place;
    QToolButton* m_previous;
    QToolButton* m_next;
    QCheckBox* m_only;
    QTextBrowser* m_difference;
    QTextBrowser* m_scenario;
};

} // namespace corscope
