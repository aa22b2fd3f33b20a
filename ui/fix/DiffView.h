#pragma once

#include "core/advise/Proposal.h"

#include <QPlainTextEdit>

namespace corscope {

/// What changes, line by line: '+' and '-' in front say it, the colours repeat it.
class DiffView : public QPlainTextEdit
{
    Q_OBJECT
public:
    enum class Show { Code, Settings };
    explicit DiffView(QWidget* parent = nullptr);

    /// Where there is no code to show, the settings are shown.
    void setDifferences(const std::vector<advise::Difference>& differences, Show show);

protected:
    void changeEvent(QEvent* event) override;

private:
    void colour();
};

} // namespace corscope
