#pragma once

#include <QWidget>

namespace corscope {

class CodeView;
class ScenarioDocument;

/// The selected request as the fetch() call a page's author writes.
class ScriptView : public QWidget
{
    Q_OBJECT
public:
    explicit ScriptView(ScenarioDocument& document, QWidget* parent = nullptr);
    CodeView* view() const { return m_view; }

private:
    void refresh();

    ScenarioDocument& m_document;
    CodeView* m_view;
};

} // namespace corscope
