#pragma once

#include <QFrame>
#include <QStringList>

class QHBoxLayout;
class QLabel;

namespace corscope {

class Chip;
class LampRow;
class StandingMark;
class TraceCursor;
struct CompareOutcome;
struct SendOutcome;

/// The verdict on the action at the cursor: a mark, the three lamps (preflight, request, response), one bold sentence,
/// and what the server did.
class VerdictBar : public QFrame
{
    Q_OBJECT
public:
    explicit VerdictBar(TraceCursor& cursor, QWidget* parent = nullptr);

    /// Puts a widget (the button "Fix it") at the end of the bar.
    void setCorner(QWidget* widget);
    bool hasHeightForWidth() const override { return true; }
    /// Depends on the width alone, never on what is said: nothing below moves when the verdict changes.
    int heightForWidth(int width) const override;
    /// The sentence as people read it, without markup.
    QString sentence() const;

public Q_SLOTS:
    void setRunning(bool running);
    /// One sentence per expectation of the scenario that the run shown did not meet.
    void setUnmetExpectations(const QStringList& sentences);
    /// What is asked as long as there is no verdict to show; empty: the usual words.
    void setQuestion(const QString& question);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    enum class Sign { None, Running, Allowed, Blocked, Compared };
    void refresh();
    void showNothing();
    void showSend(const SendOutcome& send, int action);
    void showCompare(const CompareOutcome& compare, int action);
    void showRefusal();
    void say(const QString& text);
    void setLamps(const SendOutcome* send);
    QSize room() const;
    int wholeRoom(int width) const;
    bool hasMark(int width) const;
    int textWidth(int width) const;
    int textLines(int width) const;
    void fitText();

    TraceCursor& m_cursor;
    Sign m_sign = Sign::None;
    bool m_running = false;
    QString m_question;
    QWidget* m_mark;
    LampRow* m_lamps;
    StandingMark* m_standing;
    Chip* m_head;
    Chip* m_preflight;
    Chip* m_request;
    Chip* m_response;
    Chip* m_ledger;
    QLabel* m_text;
    Chip* m_unmet;
    QString m_sentence;
    QString m_table;  ///< of a comparison, as rich text
    int m_goal = -1;  ///< the step that the sentence names
    QStringList m_unmetSentences;
    QSize m_fittedTo; ///< room() when the sentence was put on
    int m_action = -2; ///< what refresh() has put on
    QHBoxLayout* m_row;
    QWidget* m_corner = nullptr;
};

} // namespace corscope
