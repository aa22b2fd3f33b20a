#pragma once

#include <QDialog>

namespace corscope {

/// What Corscope is, how far it has been counted, and where it stops: the last two are the documents themselves.
class AboutDialog : public QDialog
{
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

} // namespace corscope
