#include "ui/present/PresentBar.h"

#include "ui/present/Enlarged.h"
#include "ui/present/Presentation.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/theme/ElidedLabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace corscope {

PresentBar::PresentBar(ScenarioDocument& document, Presentation& presentation, const Does& does, QWidget* parent)
    : QWidget(parent), m_document(document), m_presentation(presentation), m_title(new ElidedLabel), m_place(new QLabel)
{
    setObjectName(QStringLiteral("presentBar"));
    setAccessibleName(tr("Presentation"));
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    const int em = fontMetrics().height();
    auto font = enlarged(m_title->font(), 1.3);
    font.setBold(true);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("presentTitle"));
    m_place->setObjectName(QStringLiteral("presentPlace"));
    m_place->setProperty("role", QStringLiteral("muted"));
    m_place->setMinimumWidth(m_place->fontMetrics().horizontalAdvance(tr("step %1").arg(888)));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(em * 3 / 4, em / 2, em * 3 / 4, em / 2);
    row->setSpacing(em / 2);
    row->addWidget(m_title, 1);
    row->addWidget(m_place);
    row->addWidget(button(does.back, tr("◀ Back")));
    row->addWidget(button(does.forward, tr("Next ▶")));
    m_reveal = button(does.reveal, tr("Reveal"));
    m_reveal->setProperty("role", QStringLiteral("primary"));
    row->addWidget(m_reveal);
    row->addWidget(button(does.notes, tr("Notes")));
    row->addWidget(button(does.leave, tr("Leave")));
    connect(&document, &ScenarioDocument::scenarioChanged, this, &PresentBar::refresh);
    connect(&presentation, &Presentation::changed, this, &PresentBar::refresh);
    refresh();
}

QPushButton* PresentBar::button(QAction* action, const QString& text)
{
    auto* result = new QPushButton(text);
    result->setObjectName(action->objectName() + QStringLiteral("Button"));
    result->setToolTip(action->toolTip());
    result->setAccessibleName(action->text());
    result->setFocusPolicy(Qt::NoFocus); // the keys are the speaker's
    connect(result, &QPushButton::clicked, action, &QAction::trigger);
    return result;
}

void PresentBar::refresh()
{
    m_title->say(m_document.title());
    const int stop = m_presentation.stop();
    m_place->setText(stop > 0 ? tr("step %1").arg(stop) : QString());
    m_reveal->setEnabled(m_presentation.isAsking());
}

} // namespace corscope
