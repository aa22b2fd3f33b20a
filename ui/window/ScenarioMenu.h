#pragma once

#include <QToolButton>

class QMenu;

namespace corscope {

class ScenarioDocument;

/// The scenario's name; opens a menu of the ways to another one.
class ScenarioMenu : public QToolButton
{
    Q_OBJECT
public:
    explicit ScenarioMenu(ScenarioDocument& document, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QMenu* menu() const { return m_menu; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showTitle();

    ScenarioDocument& m_document;
    QMenu* m_menu;
};

} // namespace corscope
