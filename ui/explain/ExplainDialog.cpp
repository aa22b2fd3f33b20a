#include "ui/explain/ExplainDialog.h"

#include "ui/explain/ExplanationView.h"
#include "ui/session/TraceCursor.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

ExplainDialog::ExplainDialog(TraceCursor& cursor, QWidget* parent) : QDialog(parent), m_cursor(cursor)
{
    setWindowTitle(tr("Why?"));
    setObjectName(QStringLiteral("explainDialog"));
    m_view = new ExplanationView;
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_fix = buttons->addButton(tr("&Fix it…"), QDialogButtonBox::ActionRole);
    m_fix->setObjectName(QStringLiteral("fixFromExplanation"));
    connect(m_fix, &QPushButton::clicked, this, &ExplainDialog::fixWanted);
    auto* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyExplanation"));
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_view->text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_view, 1);
    column->addWidget(buttons);
    const int em = fontMetrics().height();
    resize(em * 40, em * 26);
    connect(&cursor, &TraceCursor::traceChanged, this, [this] {
        m_shown = -2;
        refresh();
    });
    connect(&cursor, &TraceCursor::cursorChanged, this, &ExplainDialog::refresh);
    refresh();
}

void ExplainDialog::refresh()
{
    const int action = m_cursor.action();
    if (action == m_shown)
        return;
    m_shown = action;
    const auto& outcomes = m_cursor.trace()->outcomes;
    const auto* send = action >= 0 && size_t(action) < outcomes.size() ? std::get_if<SendOutcome>(&outcomes[size_t(action)]) : nullptr;
    m_fix->setEnabled(send && send->blocked);
    if (send)
        m_view->show(explain::diagnose(*send));
    else if (m_cursor.isEmpty())
        m_view->say(tr("<p>Nothing sent yet. Press Send, and the explanation stands here.</p>"));
    else if (m_cursor.isLive())
        m_view->say(tr("<p>Running. The explanation comes with the verdict.</p>"));
    else
        m_view->say(tr("<p>This action sends nothing, so there is nothing to explain.</p>"));
}

} // namespace corscope
