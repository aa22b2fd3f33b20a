#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace corscope {

class Chip;
class LampRow;
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
    int heightForWidth(int width) const override;
    /// The sentence as people read it, without markup.
    QString sentence() const;

public Q_SLOTS:
    void setRunning(bool running);
    /// What is asked as long as there is no verdict to show; empty: the usual words.
    void setQuestion(const QString& question);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Sign { None, Running, Allowed, Blocked, Compared };
    void refresh();
    void showNothing();
    void showSend(const SendOutcome& send, int action);
    void showCompare(const CompareOutcome& compare, int action);
    void say(const QString& text);
    void setLamps(const SendOutcome* send);

    TraceCursor& m_cursor;
    Sign m_sign = Sign::None;
    bool m_running = false;
    QString m_question;
    QWidget* m_mark;
    LampRow* m_lamps;
    Chip* m_head;
    Chip* m_preflight;
    Chip* m_request;
    Chip* m_response;
    Chip* m_ledger;
    QLabel* m_text;
    QString m_sentence;
    QHBoxLayout* m_row;
};

} // namespace corscope
