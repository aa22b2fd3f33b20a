#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QWidget>

namespace corscope {

/// A form of two columns: quiet labels, and what they name.
class FormGrid : public QWidget
{
public:
    /// \param longestLabel what forms that stand below each other agree on, so that their inputs line up; may be empty.
    explicit FormGrid(const QString& longestLabel = {}, QWidget* parent = nullptr)
        : QWidget(parent), m_grid(new QGridLayout(this))
    {
        const int em = fontMetrics().height();
        m_grid->setContentsMargins(0, 0, 0, 0);
        m_grid->setHorizontalSpacing(em / 2);
        m_grid->setVerticalSpacing(em / 3);
        m_grid->setColumnStretch(1, 1);
        m_grid->setColumnMinimumWidth(0, fontMetrics().horizontalAdvance(longestLabel));
    }

    QLabel* addRow(const QString& text, QWidget* widget, Qt::Alignment alignment = {})
    {
        auto* label = new QLabel(text);
        label->setProperty("role", QStringLiteral("muted"));
        label->setBuddy(widget);
        const int line = m_grid->rowCount();
        m_grid->addWidget(label, line, 0, Qt::AlignTop | Qt::AlignLeft);
        // the label's text stands on the line of the input's
        label->setContentsMargins(0, fontMetrics().height() / 4, 0, 0);
        m_grid->addWidget(widget, line, 1, alignment);
        return label;
    }
    /// Puts a small button at the end of a row's label.
    void addBesideLabel(QWidget* input, QWidget* button)
    {
        auto* label = labelOf(input);
        label->setContentsMargins(0, label->contentsMargins().top(), button->sizeHint().width(), 0);
        m_grid->addWidget(button, lineOf(label), 0, 1, 1, Qt::AlignTop | Qt::AlignRight);
    }
    /// Moves a row's input under its label, where both have the whole width, or back beside it.
    void setWide(QWidget* widget, bool wide)
    {
        int line = 0, column = 0, rows = 0, columns = 0;
        m_grid->getItemPosition(m_grid->indexOf(widget), &line, &column, &rows, &columns);
        const bool isWide = columns == 2;
        if (wide == isWide)
            return;
        const int labelLine = isWide ? line - 1 : line;
        for (int i = m_grid->count(); i-- > 0;) {
            auto* other = m_grid->itemAt(i)->widget();
            int otherLine = 0, otherColumn = 0;
            m_grid->getItemPosition(i, &otherLine, &otherColumn, &rows, &columns);
            if (!other || other == widget || otherLine != labelLine)
                continue;
            const auto alignment = m_grid->itemAt(i)->alignment();
            m_grid->removeWidget(other);
            m_grid->addWidget(other, labelLine, 0, 1, wide ? 2 : 1, alignment);
        }
        m_grid->removeWidget(widget);
        if (wide)
            m_grid->addWidget(widget, labelLine + 1, 0, 1, 2);
        else
            m_grid->addWidget(widget, labelLine, 1);
    }
    /// A row that moves under its label by itself whenever the input wants the width.
    template<typename Input>
    void addRow(const QString& text, Input* input, void (Input::*changed)())
    {
        addRow(text, static_cast<QWidget*>(input));
        addFreeLine();
        QObject::connect(input, changed, this, [this, input] { setWide(input, input->wantsWidth()); });
    }
    /// Leaves a line free for an input that may move under its label.
    void addFreeLine() { m_grid->addItem(new QSpacerItem(0, 0), m_grid->rowCount(), 0); }
    void addWide(QWidget* widget) { m_grid->addWidget(widget, m_grid->rowCount(), 0, 1, 2); }

private:
    int lineOf(QWidget* widget) const
    {
        int line = 0, column = 0, rows = 0, columns = 0;
        m_grid->getItemPosition(m_grid->indexOf(widget), &line, &column, &rows, &columns);
        return line;
    }
    /// \param input beside its label
    QWidget* labelOf(QWidget* input) const { return m_grid->itemAtPosition(lineOf(input), 0)->widget(); }

    QGridLayout* m_grid;
};

} // namespace corscope
