#pragma once

#include <QWidget>

class QAction;
class QPushButton;

namespace corscope {

class ElidedLabel;
class Presentation;
class ScenarioDocument;

/// The bar above the exchange while it is presented: what is shown, how far it got, and the few buttons of a speaker.
class PresentBar : public QWidget
{
    Q_OBJECT
public:
    /// What its buttons do.
    struct Does
    {
        QAction* back;
        QAction* forward;
        QAction* reveal;
        QAction* notes;
        QAction* leave;
    };
    PresentBar(ScenarioDocument& document, Presentation& presentation, const Does& does, QWidget* parent = nullptr);

private:
    QPushButton* button(QAction* action, const QString& text);
    void refresh();

    ScenarioDocument& m_document;
    Presentation& m_presentation;
    ElidedLabel* m_title;
    class QLabel* m_place;
    QPushButton* m_reveal;
};

} // namespace corscope
