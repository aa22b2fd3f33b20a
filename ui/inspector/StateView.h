#pragma once

#include "ui/inspector/StateText.h"
#include "ui/theme/Theme.h"

#include <QPlainTextEdit>

namespace corscope {

/// The state after a step as text to be read, selected and copied. Of what it is told it writes only the lines that are
/// others than before: most steps change nothing, and none many rows.
class StateView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit StateView(QWidget* parent = nullptr);

    void tell(const std::vector<StateLine>& lines);

protected:
    void changeEvent(QEvent* event) override;

private:
    QTextCharFormat formatOf(StateLine::Kind kind, const Theme& theme) const;
    void write(const std::vector<StateLine>& lines);

    std::vector<StateLine> m_lines;
};

} // namespace corscope
