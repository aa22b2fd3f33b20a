#pragma once

#include <QToolButton>

class QMenu;

namespace corscope {

class ScenarioDocument;

/// The scenario's name; opens the library, the files opened lately, and the file dialog.
class ScenarioMenu : public QToolButton
{
    Q_OBJECT
public:
    explicit ScenarioMenu(ScenarioDocument& document, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void setRecentFiles(const QStringList& paths) { m_recent = paths; }

Q_SIGNALS:
    void libraryWanted(const QString& id);
    void fileWanted(const QString& path); ///< empty: to be chosen

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void showTitle();

    ScenarioDocument& m_document;
    QMenu* m_menu;
    QStringList m_recent;
};

} // namespace corscope
