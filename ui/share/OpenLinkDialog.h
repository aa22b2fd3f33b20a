#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace corscope {

/// Takes a link (corscope:1:...) and gives the scenario in it. What stands in the clipboard is there already where it is
/// one.
class OpenLinkDialog : public QDialog
{
    Q_OBJECT
public:
    explicit OpenLinkDialog(QWidget* parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void opened(const corscope::Scenario& scenario);

private:
    Result<Scenario> read() const;
    void look();

    QPlainTextEdit* m_text;
    QLabel* m_note;
    QPushButton* m_open;
};

} // namespace corscope
