#pragma once

#include "core/backend/ServerConfig.h"
#include "core/base/Result.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace corscope {

class CodeEdit;
class ScenarioDocument;

/// The chosen stage's settings as the code that a user of the framework writes. What is typed is read back into the
/// settings whole, or, while it cannot be read, not at all: the mistake is then marked where it is.
class StageCodePanel : public QWidget
{
    Q_OBJECT
public:
    StageCodePanel(ScenarioDocument& document, int server, QWidget* parent = nullptr);

    void showStage(int stage);
    bool hasCode() const { return m_hasCode; }

public Q_SLOTS:
    /// Points at the line that sets the option; nowhere where no line does.
    void pointAt(const QByteArray& option);
    void copyAll();

Q_SIGNALS:
    void optionEntered(const QByteArray& name); ///< the cursor is in the line that sets it; empty: in none

private:
    void refresh();
    void enterLine(int line);
    void read(const QString& code);
    void complain(const InputError& error);
    void clearMistake();
    void setAside();
    void bringBack();

    ScenarioDocument& m_document;
    int m_server;
    int m_stage = -1;
    bool m_hasCode = false;
    StageConfig m_seen; ///< the stage whose settings the text says, or said before the mistake in it
    QByteArray m_option;
    CodeEdit* m_code;
    QLabel* m_note;
    QString m_aside; ///< text that could not be read, and gave way to settings that changed elsewhere
    QToolButton* m_back;
};

} // namespace corscope
