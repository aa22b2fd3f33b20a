#pragma once

#include "core/backend/ServerConfig.h"

#include <QWidget>

#include <functional>
#include <vector>

class QFrame;
class QMenu;
class QVBoxLayout;

namespace corscope {

class ScenarioDocument;
class StageRow;

/// The stages of a server in the order in which a request meets them, and its routes at the end. Choosing one shows its
/// settings. Stages are switched, moved (dragged, or Alt with an arrow key), duplicated and removed here.
class PipelineList : public QWidget
{
    Q_OBJECT
public:
    static constexpr int routes = -2; ///< chosen in place of a stage

    PipelineList(ScenarioDocument& document, int server, QWidget* parent = nullptr);

    int chosenStage() const { return m_chosen; }

public Q_SLOTS:
    void choose(int stage);
    /// The keyboard comes to the chosen stage, or to the first one.
    void takeKeyboard();
    /// Asks for a stage and puts it behind the chosen one, or in front of the routes.
    void addStage(QWidget* button);

Q_SIGNALS:
    void stageChosen(int stage); ///< index, or `routes`, or -1 for none

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void addRow();
    int count() const { return int(m_rows.size()); }
    int rowOf(const QObject* part) const; ///< index, or `routes`, or -1
    StageRow* rowWidget(int index) const;
    void focus(int index);
    void switchStage(int index, bool on);
    void moveStage(int from, int to);
    void duplicate(int index);
    void remove(int index);
    void fillMenu(QMenu& menu, int index);
    bool keyPressed(int index, int key, Qt::KeyboardModifiers modifiers);

    int placeAt(int y) const; ///< where a stage dropped at that height would stand, before it is taken out
    void dragTo(int y);
    void drop();
    void endDrag();

    ScenarioDocument& m_document;
    int m_server;
    int m_chosen = -1;
    QVBoxLayout* m_column;
    std::vector<StageRow*> m_rows;
    StageRow* m_routes;
    QFrame* m_dropLine;
    int m_pressed = -1; ///< row under the mouse button
    int m_pressY = 0;
    bool m_dragging = false;
    int m_dropPlace = -1;
};

} // namespace corscope
