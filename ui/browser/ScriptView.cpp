#include "ui/browser/ScriptView.h"

#include "ui/browser/FetchCode.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/CodeView.h"

#include <QVBoxLayout>

namespace corscope {

ScriptView::ScriptView(ScenarioDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_view(new CodeView(CodeView::Language::JavaScript))
{
    m_view->setFullHeight();
    m_view->setObjectName(QStringLiteral("fetchCode"));
    m_view->setAccessibleName(tr("The request as a fetch() call"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ScriptView::refresh);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &ScriptView::refresh);
    refresh();
}

void ScriptView::refresh()
{
    const auto* send = scenarioaccess::send(m_document.scenario(), m_document.selectedSend());
    m_view->setCode(send ? fetchCode(send->call) : QString());
}

} // namespace corscope
