#pragma once

#include "core/fetch/FetchCall.h"
#include "core/callcode/CallCode.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;

namespace corscope {

class CodeEdit;
class ScenarioDocument;

/// The selected request as the code a page's author writes. What is typed is read back into the request whole, or, while
/// it cannot be read, not at all: the mistake is then marked where it is, and the form goes on working. The text with the
/// mistake stays until it is put right, undone, or written anew at the person's wish.
class CallPanel : public QWidget
{
    Q_OBJECT
public:
    explicit CallPanel(ScenarioDocument& document, QWidget* parent = nullptr);

public Q_SLOTS:
    void copyAll();
    void writeAnew(); ///< as the form has it

private:
    void refresh();
    void read(const QString& code);
    void write();
    void complain(const CodeMistake& mistake);
    void clearMistake();

    ScenarioDocument& m_document;
    CodeEdit* m_code;
    QLabel* m_note;
    QPushButton* m_anew;
    QHash<int, QString> m_drafts; ///< by send: text with a mistake, while another send is shown
    int m_undoIndex = 0;
    bool m_scenarioMoved = false; ///< by the step of undo that is being made
    size_t m_count = 0; ///< of actions
    int m_send = -1;  ///< whose call the text says
    FetchCall m_seen; ///< the call that the text says, or said before the mistake in it
};

} // namespace corscope
